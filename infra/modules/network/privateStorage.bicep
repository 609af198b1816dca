metadata description = 'A private endpoint and its DNS zone for one part of the storage account: blob, queue or table.'

@description('Part of the storage account.')
@allowed(['blob', 'queue', 'table'])
param part string

@description('Resource id of the storage account.')
param storageAccountId string

@description('Name of the storage account.')
param storageAccountName string

@description('Resource id of the network that resolves the names.')
param networkId string

@description('Resource id of the subnet the endpoint lies in.')
param subnetId string

@description('Azure region of the endpoint.')
param location string

@description('Tags of endpoint and zone.')
param tags object

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: 'privatelink.${part}.${environment().suffixes.storage}'
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: 'to-network'
    location: 'global'
    properties: {
      virtualNetwork: { id: networkId }
      registrationEnabled: false
    }
  }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: 'pe-${storageAccountName}-${part}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: part
        properties: {
          privateLinkServiceId: storageAccountId
          groupIds: [part]
        }
      }
    ]
  }

  resource zones 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: part, properties: { privateDnsZoneId: zone.id } }]
    }
  }
}
