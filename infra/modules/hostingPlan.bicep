metadata description = 'The Flex Consumption plan: paid by use, scaled by the platform.'

@description('Name of the plan.')
param name string

@description('Azure region of the plan; it must offer Flex Consumption.')
param location string

@description('Tags of the plan.')
param tags object

@description('Whether instances are spread over availability zones.')
param zoneRedundant bool

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

@description('Resource id of the plan.')
output id string = plan.id
