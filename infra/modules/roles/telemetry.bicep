metadata description = 'Monitoring Metrics Publisher for the app on Application Insights.'

@description('Name of the Application Insights resource.')
param insightsName string

@description('Object id of the identity of the app.')
param principalId string

// Monitoring Metrics Publisher. Application Insights takes no keys here, so the host reports with its identity.
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, principalId, monitoringMetricsPublisher)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
    description: 'Monitoring Metrics Publisher: the Functions host reports telemetry without a key.'
  }
}
