metadata description = 'Storage Blob Data Owner for the app on the storage account.'

@description('Name of the storage account.')
param storageAccountName string

@description('Object id of the identity of the app.')
param principalId string

// Storage Blob Data Owner. The host reads its package, holds locks by blob leases and keeps its keys in blobs; the
// documentation of identity connections asks for Owner, not Contributor.
var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageAccountName
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, principalId, storageBlobDataOwner)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)
    description: 'Storage Blob Data Owner: the Functions host reads its package and keeps locks and keys in blobs.'
  }
}
