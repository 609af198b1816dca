metadata description = 'Storage Blob Data Contributor for the system topic on the container of dead letters, and nowhere else.'

@description('Name of the storage account.')
param storageAccountName string

@description('Name of the container of dead letters.')
param containerName string

@description('Object id of the identity of the system topic.')
param principalId string

// Storage Blob Data Contributor. Event Grid writes what it could not deliver, one blob per event.
var storageBlobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageAccountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource deadLetters 'containers' existing = {
      name: containerName
    }
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::blobs::deadLetters
  name: guid(account::blobs::deadLetters.id, principalId, storageBlobDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataContributor)
    description: 'Storage Blob Data Contributor: Event Grid writes events it could not deliver into this container.'
  }
}
