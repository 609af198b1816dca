metadata description = 'Communication and Email Service Owner for the app on the Communication Services resource.'

@description('Name of the Communication Services resource.')
param communicationServicesName string

@description('Object id of the identity of the app.')
param principalId string

// Communication and Email Service Owner. Job Router has no data role of its own, and custom roles are reported not to
// work; this is the narrowest built-in role that covers the resource (the quickstarts give Contributor, which covers
// every kind of resource below its scope). It is given on this one resource.
// Where we guessed: Microsoft does not list Job Router among the services that take Entra tokens; its client does.
var communicationAndEmailServiceOwner = '09976791-48a7-449e-bb21-39d1a415f350'

resource communicationServices 'Microsoft.Communication/communicationServices@2023-04-01' existing = {
  name: communicationServicesName
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: communicationServices
  name: guid(communicationServices.id, principalId, communicationAndEmailServiceOwner)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      communicationAndEmailServiceOwner
    )
    description: 'Communication and Email Service Owner: the app calls Job Router with its identity.'
  }
}
