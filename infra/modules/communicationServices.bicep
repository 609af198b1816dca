metadata description = 'A new Communication Services resource. Off by default: see createCommunicationServices in main.bicep.'

@description('Name of the resource; it becomes part of its address.')
param name string

@description('Tags of the resource.')
param tags object

@description('Geography its data rests in, such as Europe or United States.')
param dataLocation string

resource communicationServices 'Microsoft.Communication/communicationServices@2023-04-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

@description('Name of the resource.')
output name string = communicationServices.name
