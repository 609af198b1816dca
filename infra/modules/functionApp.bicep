metadata description = 'The function app on Flex Consumption: Node 24, an identity instead of keys.'

@description('Name of the function app.')
param name string

@description('Azure region of the function app.')
param location string

@description('Tags of the function app; azd finds it by one of them.')
param tags object

@description('Resource id of the Flex Consumption plan.')
param planId string

@description('Resource id of the identity the app acts as.')
param identityId string

@description('Address of the blob container the package is deployed to.')
param deploymentContainerUrl string

@description('Most instances the app may be scaled to.')
param maximumInstanceCount int

@description('Instances that are kept ready, by function.')
param alwaysReady { name: string, instanceCount: int }[]

@description('Resource id of the subnet the app reaches storage from; empty for none.')
param subnetId string

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: planId
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: 2048
        alwaysReady: alwaysReady
      }
      runtime: {
        name: 'node'
        version: '24'
      }
    }
  }

  // Passwords for publishing are keys by another name. azd publishes with a token.
  resource publishingOverScm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource publishingOverFtp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
}

@description('Resource id of the function app.')
output id string = app.id

@description('Name of the function app.')
output name string = app.name

@description('Host name of the function app.')
output hostName string = app.properties.defaultHostName
