metadata description = 'Storage of the Functions host, of what is put off or parked, and of dead letters. No keys: identities only.'

@description('Name of the storage account.')
param name string

@description('Azure region of the storage account.')
param location string

@description('Tags of the storage account.')
param tags object

@description('Blob container the deployed package lies in.')
param deploymentContainer string

@description('Blob container Event Grid writes to what it could not deliver.')
param deadLetterContainer string

@description('Storage queue the app parks events in that no repetition will mend.')
param parkedEventsQueue string

@description('Storage queue the app puts off work in: what is due later, and what must be tried again.')
param deferredWorkQueue string

@description('Whether copies are kept in three availability zones.')
param zoneRedundant bool

@description('Whether only private endpoints, and the Azure services on Microsoft\'s trusted list, may reach the account. Event Grid is on that list and has to write dead letters.')
param privateOnly bool

// A dead letter that is deleted by mistake can be brought back for a week.
var deletedBlobRetentionDays = 7

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: privateOnly ? 'Deny' : 'Allow'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: {
        enabled: true
        days: deletedBlobRetentionDays
      }
    }

    resource deployments 'containers' = {
      name: deploymentContainer
    }

    resource deadLetters 'containers' = {
      name: deadLetterContainer
    }
  }

  resource queues 'queueServices' = {
    name: 'default'

    resource parkedEvents 'queues' = {
      name: parkedEventsQueue
    }

    resource deferredWork 'queues' = {
      name: deferredWorkQueue
    }
  }
}

@description('Resource id of the account.')
output id string = account.id

@description('Name of the account.')
output name string = account.name

@description('Address of its blobs.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Address of its queues.')
output queueEndpoint string = account.properties.primaryEndpoints.queue

@description('Address of its tables.')
output tableEndpoint string = account.properties.primaryEndpoints.table
