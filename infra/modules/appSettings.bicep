metadata description = '''
What the app and its host read from the environment. The names of the app's own settings are held against src/config.ts
and local.settings.json.example by `npm run check:infra`; whoever adds a setting adds it in all three.
'''

@description('Name of the function app.')
param functionAppName string

@description('Address of the router, reached with the app\'s identity. Empty where a connection string is used.')
param communicationEndpoint string

@description('Resource id of the Key Vault secret that holds a connection string of the router. Empty where the identity is used.')
param connectionStringVaultEntryId string

@description('Resource id of the Key Vault secret that requests for work are signed with. Empty where no rule asks for work.')
param workSigningVaultEntryId string

@description('Client id of the Entra application that stands for the webhook. Empty where a key or a secret opens it.')
param webhookApplicationId string

@description('Resource id of the Key Vault secret that opens the webhook. Empty where a key or a token does.')
param webhookGuardVaultEntryId string

@description('Whether App Service authentication stands before the app, and callers need an app role.')
param easyAuth bool

@description('Names of settings, separated by commas, that placeholders of routing documents may be filled in from.')
param routingEnvironment string

@description('Resource ids, separated by commas, of the resources whose events are handled. Empty: of any.')
param allowedTopics string

@description('Whether the log tells labels.')
param logLabels bool

@description('Address of an OpenTelemetry collector. Empty: none.')
param otlpEndpoint string

@description('Path of the routing document in the deployed package, https address of a blob that holds it, or the document itself, as JSON or YAML.')
param automationRules string

@description('Requests that one instance may send to the router in any ten seconds.')
param routerRequestsPer10Seconds int

@description('When reconcileJobs wakes: an NCRONTAB expression, seconds first.')
param reconcileSchedule string

@description('Client id of the identity the app acts as.')
param identityClientId string

@description('Name of the Application Insights resource the host reports to.')
param insightsName string

@description('Address of the blobs of the host\'s storage account.')
param blobEndpoint string

@description('Address of the queues of the host\'s storage account.')
param queueEndpoint string

@description('Address of the tables of the host\'s storage account.')
param tableEndpoint string

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: functionAppName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// …/vaults/<vault>/secrets/<secret>
var vaultEntry = split(connectionStringVaultEntryId, '/')
var connectionStringReference = empty(connectionStringVaultEntryId)
  ? ''
  : '@Microsoft.KeyVault(SecretUri=https://${vaultEntry[8]}${environment().suffixes.keyvaultDns}/secrets/${vaultEntry[10]})'

var workSigningEntry = split(workSigningVaultEntryId, '/')
var workSigningReference = empty(workSigningVaultEntryId)
  ? ''
  : '@Microsoft.KeyVault(SecretUri=https://${workSigningEntry[8]}${environment().suffixes.keyvaultDns}/secrets/${workSigningEntry[10]})'

var webhookGuardEntry = split(webhookGuardVaultEntryId, '/')
var webhookGuardReference = empty(webhookGuardVaultEntryId)
  ? ''
  : '@Microsoft.KeyVault(SecretUri=https://${webhookGuardEntry[8]}${environment().suffixes.keyvaultDns}/secrets/${webhookGuardEntry[10]})'

// The app checks the token itself. App Service could do it before the app, and would answer 401, which Event Grid takes
// for final: every event would be lost while a setting is wrong.
var withToken = !empty(webhookApplicationId)
var withSecret = !withToken && !empty(webhookGuardVaultEntryId)

// Read by src/config.ts. Empty means absent; the app refuses to have both an endpoint and a connection string.
var settingsOfTheApp = {
  COMMUNICATION_ENDPOINT: empty(connectionStringVaultEntryId) ? communicationEndpoint : ''
  COMMUNICATION_CONNECTION_STRING: connectionStringReference
  AZURE_CLIENT_ID: identityClientId
  AUTOMATION_RULES: automationRules
  WORK_SIGNING_SECRET: workSigningReference
  ROUTER_REQUESTS_PER_10_SECONDS: string(routerRequestsPer10Seconds)
  RECONCILE_SCHEDULE: reconcileSchedule
  ROUTING_ENVIRONMENT: routingEnvironment
  ALLOWED_TOPICS: allowedTopics
  EASY_AUTH: easyAuth ? 'required' : 'off'
  WEBHOOK_GUARD: withToken ? 'entraToken' : withSecret ? 'sharedSecret' : 'functionKey'
  WEBHOOK_SECRETS: webhookGuardReference
  WEBHOOK_TENANT_ID: withToken ? tenant().tenantId : ''
  WEBHOOK_AUDIENCE: withToken ? '${webhookApplicationId},api://${webhookApplicationId}' : ''
  WEBHOOK_CALLERS: ''
  WEBHOOK_AUTHORITY: withToken ? environment().authentication.loginEndpoint : ''
  WEBHOOK_ALLOWED_ORIGINS: ''
  LOG_LABELS: logLabels ? 'true' : 'false'
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: ''
}

// Read by the Functions host. FUNCTIONS_WORKER_RUNTIME and its like must not be set on Flex Consumption: the runtime
// is a property of the app there.
var settingsOfTheHost = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__queueServiceUri: queueEndpoint
  AzureWebJobsStorage__tableServiceUri: tableEndpoint
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

resource appSettings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: union(settingsOfTheApp, settingsOfTheHost)
}
