using 'main.bicep'

// Values come from the azd environment: azd env set NAME value.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'job-router')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')

param communicationServicesId = readEnvironmentVariable('COMMUNICATION_SERVICES_ID', '')
param createCommunicationServices = bool(readEnvironmentVariable('CREATE_COMMUNICATION_SERVICES', 'false'))
param communicationDataLocation = readEnvironmentVariable('COMMUNICATION_DATA_LOCATION', 'United States')
param existingSystemTopicName = readEnvironmentVariable('EXISTING_SYSTEM_TOPIC_NAME', '')
param routerEndpoint = readEnvironmentVariable('ROUTER_ENDPOINT', '')
param connectionStringVaultEntryId = readEnvironmentVariable('CONNECTION_STRING_VAULT_ENTRY_ID', '')

param workSigningVaultEntryId = readEnvironmentVariable('WORK_SIGNING_VAULT_ENTRY_ID', '')
param automationRules = readEnvironmentVariable('AUTOMATION_RULES', 'routing.json')
param offerExpiresAfterSeconds = int(readEnvironmentVariable('OFFER_EXPIRES_AFTER_SECONDS', '60'))
param reconcileSchedule = readEnvironmentVariable('RECONCILE_SCHEDULE', '*/30 * * * * *')

param routerRequestsPer10Seconds = int(readEnvironmentVariable('ROUTER_REQUESTS_PER_10_SECONDS', '1000'))
param maximumInstanceCount = int(readEnvironmentVariable('MAXIMUM_INSTANCE_COUNT', '40'))
param alwaysReadyAcceptOffer = int(readEnvironmentVariable('ALWAYS_READY_ACCEPT_OFFER', '1'))
param zoneRedundant = bool(readEnvironmentVariable('ZONE_REDUNDANT', 'false'))

param privateNetworking = bool(readEnvironmentVariable('PRIVATE_NETWORKING', 'false'))
param easyAuth = bool(readEnvironmentVariable('EASY_AUTH_REQUIRED', 'false'))
param webhookApplicationId = readEnvironmentVariable('WEBHOOK_APPLICATION_ID', '')
param webhookGuardVaultEntryId = readEnvironmentVariable('WEBHOOK_GUARD_VAULT_ENTRY_ID', '')
param routingEnvironment = readEnvironmentVariable('ROUTING_ENVIRONMENT', '')
param allowedTopics = readEnvironmentVariable('ALLOWED_TOPICS', '')
param logLabels = bool(readEnvironmentVariable('LOG_LABELS', 'false'))
param otlpEndpoint = readEnvironmentVariable('OTEL_EXPORTER_OTLP_ENDPOINT', '')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
