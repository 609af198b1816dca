metadata description = '''
The Event Grid system topic on the Communication Services resource, in that resource's own resource group. Event Grid
allows one system topic per resource: where there is one already, give its name, and it is updated in place.
'''

@description('Name of the system topic.')
param name string

@description('Name of the Communication Services resource it announces the events of.')
param communicationServicesName string

@description('Resource id of the Log Analytics workspace that failed deliveries are logged to.')
param workspaceId string

resource communicationServices 'Microsoft.Communication/communicationServices@2023-04-01' existing = {
  name: communicationServicesName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: 'global'
  // Its own identity, with which Event Grid writes dead letters.
  identity: { type: 'SystemAssigned' }
  properties: {
    source: communicationServices.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: topic
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'DeliveryFailures', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Object id of the identity of the system topic.')
output principalId string = topic.identity.principalId

@description('Address of the router.')
output communicationEndpoint string = 'https://${communicationServices.properties.hostName}/'
