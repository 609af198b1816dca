targetScope = 'subscription'

metadata description = '''
The app and what it stands on. Event subscriptions follow in a second step (subscriptions.bicep), because Event Grid
subscribes a function only once it exists.
'''

// What and where

@description('Name of the azd environment. It names the resource group and tags what is created.')
@minLength(1)
@maxLength(60)
param environmentName string

@description('Azure region of everything that has one. It must offer Flex Consumption: az functionapp list-flexconsumption-locations.')
@minLength(1)
param location string

// The router: give one of communicationServicesId, createCommunicationServices and routerEndpoint

@description('Resource id of the Communication Services resource whose Job Router is automated. It must be in the subscription that is deployed to. Empty for a self-hosted router or a new resource.')
param communicationServicesId string = ''

@description('Whether to create a Communication Services resource. Off by default: Microsoft retires Job Router on 2028-09-30, and since 2026-10-23 new customers cannot sign up for it, so a new resource has no Job Router unless yours is an account that already used it.')
param createCommunicationServices bool = false

@description('Geography the data of a newly created Communication Services resource rests in. Not read where one exists.')
param communicationDataLocation string = 'United States'

@description('Name of the system topic the Communication Services resource already has, in its resource group. Event Grid allows one per resource; the one named is updated in place, its identity included. Empty to create one.')
param existingSystemTopicName string = ''

@description('HTTPS address of a router that you host yourself. Events then come from it, to the function receiveRouterEvents, and no system topic is made. Empty for Azure Communication Services.')
param routerEndpoint string = ''

@description('Resource id of a Key Vault secret (…/vaults/<vault>/secrets/<name>) that holds a connection string of the router, endpoint=…;accesskey=…. Needed where the router wants a key instead of the token of the identity. The app gets a reference: the key passes through no parameter, no output and no deployment log. The vault must use RBAC.')
param connectionStringVaultEntryId string = ''

// What the app does by itself

@description('Resource id of a Key Vault secret (…/vaults/<vault>/secrets/<name>) that requests for work are signed with: 24 to 64 random bytes as base64. Needed where a rule asks for work. The app gets a reference. The vault must use RBAC.')
param workSigningVaultEntryId string = ''

@description('Path of the routing document in the deployed package, or the document as JSON or YAML. Its automation rules are what the app does by itself.')
param automationRules string = 'routing.json'

@description('Seconds an offer lives: the longest offerExpiresAfterSeconds of your distribution policies. An accept that lags by half of it raises an alert.')
@minValue(1)
@maxValue(86400)
param offerExpiresAfterSeconds int = 60

@description('When the app looks for what events never told it and finishes it: an NCRONTAB expression, seconds first.')
param reconcileSchedule string = '*/30 * * * * *'

// How much of it

@description('Requests that one instance may send to the router in any ten seconds. The router allows 1,000 for all instances together (documented) and throttles beyond, which the app waits out; lower it where several instances are busy at once.')
@minValue(1)
@maxValue(10000)
param routerRequestsPer10Seconds int = 1000

@description('Most instances the app may be scaled to. It bounds cost, and the pressure on the request quota of the router.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances of the function acceptOffer that are always ready. With 0, an offer after a quiet time waits for a cold start, and Event Grid\'s first delivery may be refused while the host is still loading its keys. A zone-redundant plan has at least 2.')
@minValue(0)
@maxValue(20)
param alwaysReadyAcceptOffer int = 1

@description('Whether instances and storage are spread over availability zones.')
param zoneRedundant bool = false

// Who may reach it, and who is told

@description('Whether the app reaches its storage through private endpoints only, from a network of its own.')
param privateNetworking bool = false

@description('Client id of the Entra application that secures webhook delivery to receiveRouterEvents. Set, the app lets nobody in there without a token that Event Grid was issued for this application, and no key opens that door. Empty where events are delivered to functions, the default.')
param webhookApplicationId string = ''

@description('Resource id of a Key Vault secret whose values, separated by commas, open receiveRouterEvents as the header x-router-events-secret, for subscriptions made by hand. It has no effect beside webhookApplicationId. Empty: a function key opens it.')
param webhookGuardVaultEntryId string = ''

@description('Whether callers of the HTTP functions have to be signed in and to have an app role. Only with App Service authentication switched on for the app, rejecting unauthenticated requests: the app believes the header by which that names the caller.')
param easyAuth bool = false

@description('Names of settings, separated by commas, that placeholders of routing documents may be filled in from. Empty: none.')
param routingEnvironment string = ''

@description('Resource ids, separated by commas, of the Communication Services resources whose events are handled. Empty: those of any that is subscribed.')
param allowedTopics string = ''

@description('Whether the log tells the labels of jobs and workers, which may say something about people.')
param logLabels bool = false

@description('Address of an OpenTelemetry collector that the app, and the host, export to over HTTP. Empty: to Application Insights only.')
param otlpEndpoint string = ''

@description('E-mail address that alerts are sent to. Empty to be shown them in the portal only.')
param alertEmail string = ''

var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }
var names = loadJsonContent('names.json')
var groupName = 'rg-${environmentName}'

// Where the Communication Services resource is: the existing one, the new one, or, with a router of your own, nowhere.
var isSelfHosted = !empty(routerEndpoint)
var routersNamed = (empty(communicationServicesId) ? 0 : 1) + (createCommunicationServices ? 1 : 0) + (isSelfHosted ? 1 : 0)
var givenId = split(communicationServicesId, '/')
var communicationServices = routersNamed > 1
  ? fail('More than one router is named. Set only one of COMMUNICATION_SERVICES_ID, CREATE_COMMUNICATION_SERVICES and ROUTER_ENDPOINT; azd env set NAME "" takes one back, and CREATE_COMMUNICATION_SERVICES false.')
  : createCommunicationServices || isSelfHosted
      ? { subscriptionId: subscription().subscriptionId, group: groupName, name: 'acs-${token}' }
      : length(givenId) == 9
          ? { subscriptionId: givenId[2], group: givenId[4], name: givenId[8] }
          : fail('No router is named. Set COMMUNICATION_SERVICES_ID to the resource id of your Communication Services resource (/subscriptions/…/communicationServices/<name>), or ROUTER_ENDPOINT to the address of a router you host.')
// A system topic may have 50 characters, a Communication Services resource 63.
var systemTopicName = empty(existingSystemTopicName)
  ? '${take(communicationServices.name, 43)}-events'
  : existingSystemTopicName
// Written out, not taken from the module: how many alerts there are has to be known before anything is made.
var systemTopicId = isSelfHosted
  ? ''
  : resourceId(
      communicationServices.subscriptionId,
      communicationServices.group,
      'Microsoft.EventGrid/systemTopics',
      systemTopicName
    )
// …/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<vault>/secrets/<name>; the fallback is never used.
var noVaultEntry = '/subscriptions/-/resourceGroups/-/-/-/-/-/-/-'
var vaultEntry = split(
  empty(connectionStringVaultEntryId) ? noVaultEntry : connectionStringVaultEntryId,
  '/'
)
var workSigningEntry = split(empty(workSigningVaultEntryId) ? noVaultEntry : workSigningVaultEntryId, '/')
var webhookGuardEntry = split(empty(webhookGuardVaultEntryId) ? noVaultEntry : webhookGuardVaultEntryId, '/')

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: groupName
  location: location
  tags: tags
}

// What the app stands on

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-${token}', location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    deploymentContainer: names.deploymentContainer
    deadLetterContainer: names.deadLetterContainer
    parkedEventsQueue: names.parkedEventsQueue
    deferredWorkQueue: names.deferredWorkQueue
    zoneRedundant: zoneRedundant
    privateOnly: privateNetworking
  }
}

module telemetry 'modules/monitoring/telemetry.bicep' = {
  scope: group
  params: { workspaceName: 'log-${token}', insightsName: 'appi-${token}', location: location, tags: tags }
}

module network 'modules/network/virtualNetwork.bicep' = if (privateNetworking) {
  scope: group
  params: { name: 'vnet-${token}', location: location, tags: tags }
}

module privateStorage 'modules/network/privateStorage.bicep' = [
  for part in ['blob', 'queue', 'table']: if (privateNetworking) {
    scope: group
    params: {
      part: part
      storageAccountId: storage.outputs.id
      storageAccountName: storage.outputs.name
      networkId: network!.outputs.id
      subnetId: network!.outputs.privateEndpointSubnetId
      location: location
      tags: tags
    }
  }
]

// Whom it listens to

module newCommunicationServices 'modules/communicationServices.bicep' = if (createCommunicationServices) {
  scope: group
  params: { name: communicationServices.name, dataLocation: communicationDataLocation, tags: tags }
}

module systemTopic 'modules/systemTopic.bicep' = if (!isSelfHosted) {
  scope: resourceGroup(communicationServices.subscriptionId, communicationServices.group)
  params: {
    name: systemTopicName
    communicationServicesName: communicationServices.name
    workspaceId: telemetry.outputs.workspaceId
  }
  dependsOn: [newCommunicationServices]
}

// Who may do what

module hostBlobs 'modules/roles/hostBlobs.bicep' = {
  scope: group
  params: { storageAccountName: storage.outputs.name, principalId: identity.outputs.principalId }
}

module hostQueues 'modules/roles/hostQueues.bicep' = {
  scope: group
  params: { storageAccountName: storage.outputs.name, principalId: identity.outputs.principalId }
}

module hostTables 'modules/roles/hostTables.bicep' = {
  scope: group
  params: { storageAccountName: storage.outputs.name, principalId: identity.outputs.principalId }
}

module reporting 'modules/roles/telemetry.bicep' = {
  scope: group
  params: { insightsName: telemetry.outputs.insightsName, principalId: identity.outputs.principalId }
}

// A router that wants a key gets no role: the app never shows it a token.
module router 'modules/roles/router.bicep' = if (!isSelfHosted && empty(connectionStringVaultEntryId)) {
  scope: resourceGroup(communicationServices.subscriptionId, communicationServices.group)
  params: { communicationServicesName: communicationServices.name, principalId: identity.outputs.principalId }
  dependsOn: [newCommunicationServices]
}

module connectionString 'modules/roles/vaultEntry.bicep' = if (!empty(connectionStringVaultEntryId)) {
  scope: resourceGroup(vaultEntry[2], vaultEntry[4])
  params: { vaultName: vaultEntry[8], entryName: vaultEntry[10], principalId: identity.outputs.principalId }
}

module workSigning 'modules/roles/vaultEntry.bicep' = if (!empty(workSigningVaultEntryId)) {
  scope: resourceGroup(workSigningEntry[2], workSigningEntry[4])
  params: { vaultName: workSigningEntry[8], entryName: workSigningEntry[10], principalId: identity.outputs.principalId }
}

module webhookGuard 'modules/roles/vaultEntry.bicep' = if (!empty(webhookGuardVaultEntryId)) {
  scope: resourceGroup(webhookGuardEntry[2], webhookGuardEntry[4])
  params: {
    vaultName: webhookGuardEntry[8]
    entryName: webhookGuardEntry[10]
    principalId: identity.outputs.principalId
  }
}

module deadLetters 'modules/roles/deadLetters.bicep' = if (!isSelfHosted) {
  scope: group
  params: {
    storageAccountName: storage.outputs.name
    containerName: names.deadLetterContainer
    principalId: systemTopic!.outputs.principalId
  }
}

// The app

module hostingPlan 'modules/hostingPlan.bicep' = {
  scope: group
  params: { name: 'plan-${token}', location: location, tags: tags, zoneRedundant: zoneRedundant }
}

module functionApp 'modules/functionApp.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    location: location
    tags: union(tags, { 'azd-service-name': names.azdService })
    planId: hostingPlan.outputs.id
    identityId: identity.outputs.id
    deploymentContainerUrl: '${storage.outputs.blobEndpoint}${names.deploymentContainer}'
    maximumInstanceCount: maximumInstanceCount
    alwaysReady: alwaysReadyAcceptOffer == 0 && !zoneRedundant
      ? []
      : [
          {
            name: 'function:acceptOffer'
            instanceCount: max(alwaysReadyAcceptOffer, zoneRedundant ? 2 : 1)
          }
        ]
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
  }
  dependsOn: [hostBlobs, privateStorage]
}

module appSettings 'modules/appSettings.bicep' = {
  scope: group
  params: {
    functionAppName: functionApp.outputs.name
    communicationEndpoint: isSelfHosted ? routerEndpoint : systemTopic!.outputs.communicationEndpoint
    connectionStringVaultEntryId: connectionStringVaultEntryId
    workSigningVaultEntryId: workSigningVaultEntryId
    easyAuth: easyAuth
    webhookApplicationId: webhookApplicationId
    webhookGuardVaultEntryId: webhookGuardVaultEntryId
    routingEnvironment: routingEnvironment
    allowedTopics: allowedTopics
    logLabels: logLabels
    otlpEndpoint: otlpEndpoint
    automationRules: automationRules
    routerRequestsPer10Seconds: routerRequestsPer10Seconds
    reconcileSchedule: reconcileSchedule
    identityClientId: identity.outputs.clientId
    insightsName: telemetry.outputs.insightsName
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
  }
  dependsOn: [hostQueues, hostTables, reporting, router, connectionString, workSigning, webhookGuard]
}

// What tells that it works

module diagnostics 'modules/monitoring/diagnostics.bicep' = {
  scope: group
  params: {
    functionAppName: functionApp.outputs.name
    storageAccountName: storage.outputs.name
    workspaceId: telemetry.outputs.workspaceId
  }
}

module alerts 'modules/monitoring/alerts.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    workspaceId: telemetry.outputs.workspaceId
    systemTopicId: systemTopicId
    offerExpiresAfterSeconds: offerExpiresAfterSeconds
    email: alertEmail
  }
  dependsOn: [systemTopic]
}

module workbook 'modules/monitoring/workbook.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    workspaceId: telemetry.outputs.workspaceId
  }
}

// What azd keeps, for the second step, the smoke test and people. No secrets.

@description('Resource group of the app.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Directory the subscription belongs to; tokens of webhook delivery are issued there.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('Address of the router the app calls.')
output COMMUNICATION_ENDPOINT string = isSelfHosted ? routerEndpoint : systemTopic!.outputs.communicationEndpoint

@description('Name of the function app.')
output FUNCTION_APP_NAME string = functionApp.outputs.name

@description('Resource id of the function app.')
output FUNCTION_APP_ID string = functionApp.outputs.id

@description('Address of the function app.')
output FUNCTION_APP_URL string = 'https://${functionApp.outputs.hostName}'

@description('Name of the system topic; empty for a self-hosted router.')
output SYSTEM_TOPIC_NAME string = isSelfHosted ? '' : systemTopicName

@description('Resource group of the system topic; empty for a self-hosted router.')
output SYSTEM_TOPIC_RESOURCE_GROUP string = isSelfHosted ? '' : communicationServices.group

@description('Subscription of the system topic; empty for a self-hosted router.')
output SYSTEM_TOPIC_SUBSCRIPTION_ID string = isSelfHosted ? '' : communicationServices.subscriptionId

@description('Resource id of the storage account that dead letters and parked events lie in.')
output STORAGE_ACCOUNT_ID string = storage.outputs.id
