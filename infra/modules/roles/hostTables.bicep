metadata description = 'Storage Table Data Contributor for the app on the storage account.'

@description('Name of the storage account.')
param storageAccountName string

@description('Object id of the identity of the app.')
param principalId string

// Storage Table Data Contributor. The host writes its diagnostic events (why an app did not start) into a table.
var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageAccountName
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, principalId, storageTableDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataContributor)
    description: 'Storage Table Data Contributor: the Functions host writes its diagnostic events into a table.'
  }
}
