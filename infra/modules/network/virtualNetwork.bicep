metadata description = 'A network with one subnet for the app and one for the private endpoints of its storage.'

@description('Name of the network.')
param name string

@description('Azure region of the network.')
param location string

@description('Tags of the network.')
param tags object

// The network is an island: nothing is peered with it, so its range is nobody's concern.
var addressPrefix = '10.20.0.0/16'

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 24, 0)
          // What Flex Consumption asks of the subnet it joins.
          delegations: [
            {
              name: 'flex-consumption'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'private-endpoints'
        properties: { addressPrefix: cidrSubnet(addressPrefix, 24, 1) }
      }
    ]
  }

  resource app 'subnets' existing = {
    name: 'app'
  }

  resource privateEndpoints 'subnets' existing = {
    name: 'private-endpoints'
  }
}

@description('Resource id of the network.')
output id string = network.id

@description('Resource id of the subnet of the app.')
output appSubnetId string = network::app.id

@description('Resource id of the subnet of private endpoints.')
output privateEndpointSubnetId string = network::privateEndpoints.id
