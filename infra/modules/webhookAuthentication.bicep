metadata description = '''
Has App Service refuse calls to receiveRouterEvents that carry no token Event Grid was issued for the webhook's Entra
application. The other routes keep their function keys. Where we guessed: that an excluded path may end in a wildcard.
'''

@description('Name of the function app.')
param functionAppName string

@description('Client id of the Entra application that stands for the webhook.')
param applicationId string

// The application Event Grid itself runs as, in the public cloud.
var eventGridApplicationId = '4962773b-9cdb-44cf-a8bf-237846a00ab7'

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: functionAppName
}

resource authentication 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'Return401'
      excludedPaths: [
        '/api/health'
        '/api/jobs'
        '/api/jobs/*'
        '/api/parked-events'
        '/api/parked-events/resend'
        '/api/routing'
        '/runtime/*'
        '/admin/*'
      ]
    }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: applicationId
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [applicationId, 'api://${applicationId}']
          defaultAuthorizationPolicy: { allowedApplications: [eventGridApplicationId] }
        }
      }
    }
    login: { tokenStore: { enabled: false } }
  }
}
