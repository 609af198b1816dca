metadata description = '''
The second step: subscribes the functions to the events of the router. It can be deployed again at any time. Scope: the
resource group of the system topic.
'''

@description('Name of the system topic on the Communication Services resource.')
param systemTopicName string

@description('Resource id of the function app.')
param functionAppId string

@description('Resource id of the storage account that dead letters are written to.')
param storageAccountId string

@description('How events come to the app: to an Event Grid function each, or all to the HTTP function receiveRouterEvents.')
@allowed(['functions', 'webhook'])
param delivery string = 'functions'

@description('Seconds an offer lives. Event Grid stops delivering an offer that can no longer be accepted.')
@minValue(1)
@maxValue(86400)
param offerExpiresAfterSeconds int = 60

@description('Address of receiveRouterEvents. Needed for delivery by webhook only.')
@secure()
param webhookUrl string = ''

@description('Directory of the Entra application that secures delivery by webhook.')
param webhookTenantId string = ''

@description('Client id of the Entra application that secures delivery by webhook: Event Grid sends a token for it.')
param webhookApplicationId string = ''

// Function -> the event types it wakes on. The app and the emulator suite read the same file.
var eventTypesOf = loadJsonContent('eventSubscriptions.json')
var deadLetterContainer = loadJsonContent('names.json').deadLetterContainer
var functionApp = split(functionAppId, '/')
var functionAppName = last(functionApp)
var functions = delivery == 'functions' ? items(eventTypesOf) : []

// Event Grid counts in whole minutes.
var offerLifeMinutes = (offerExpiresAfterSeconds + 59) / 60
var retryPolicies = {
  // An offer is worth a few quick attempts; after its end nobody can accept it.
  acceptOffer: { eventTimeToLiveInMinutes: offerLifeMinutes, maxDeliveryAttempts: 5 }
}
// The most Event Grid gives. What happened to a job stays true, so late is better than never.
var patient = { eventTimeToLiveInMinutes: 1440, maxDeliveryAttempts: 30 }

var deadLetters = {
  identity: { type: 'SystemAssigned' }
  deadLetterDestination: {
    endpointType: 'StorageBlob'
    properties: { resourceId: storageAccountId, blobContainerName: deadLetterContainer }
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: systemTopicName
}

// Named after the app too, so that two environments can listen to one resource.
// One at a time: Event Grid refuses changes to a topic while another is under way.
@batchSize(1)
resource toFunctions 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = [
  for function in functions: {
    parent: topic
    name: '${functionAppName}-${function.key}'
    properties: {
      eventDeliverySchema: 'EventGridSchema'
      destination: {
        endpointType: 'AzureFunction'
        properties: {
          resourceId: resourceId(
            functionApp[2],
            functionApp[4],
            'Microsoft.Web/sites/functions',
            functionAppName,
            function.key
          )
          maxEventsPerBatch: 1
          preferredBatchSizeInKilobytes: 64
        }
      }
      filter: { includedEventTypes: function.value }
      retryPolicy: retryPolicies[?function.key] ?? patient
      deadLetterWithResourceIdentity: deadLetters
    }
  }
]

resource toWebhook 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = if (delivery == 'webhook') {
  parent: topic
  name: '${functionAppName}-receiveRouterEvents'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: webhookUrl
        azureActiveDirectoryTenantId: webhookTenantId
        azureActiveDirectoryApplicationIdOrUri: webhookApplicationId
        minimumTlsVersionAllowed: '1.2'
        maxEventsPerBatch: 1
        preferredBatchSizeInKilobytes: 64
      }
    }
    filter: { includedEventTypes: flatten(map(items(eventTypesOf), function => function.value)) }
    retryPolicy: patient
    deadLetterWithResourceIdentity: deadLetters
  }
}

@description('Names of the subscriptions that now exist, in the order they were made.')
output subscriptions string[] = delivery == 'webhook'
  ? [toWebhook.name]
  : map(functions, function => '${functionAppName}-${function.key}')
