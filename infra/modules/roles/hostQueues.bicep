metadata description = 'Storage Queue Data Contributor for the app on the storage account.'

@description('Name of the storage account.')
param storageAccountName string

@description('Object id of the identity of the app.')
param principalId string

// Storage Queue Data Contributor. Events that cannot be handled are parked in a queue, and what is due later is put off
// in another; both are written, read and, where one is missing, created, which the narrower roles may not.
var storageQueueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageAccountName
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, principalId, storageQueueDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageQueueDataContributor)
    description: 'Storage Queue Data Contributor: the app parks events and puts off work in queues.'
  }
}
