using 'subscriptions.bicep'

// Values come from the environment that infra/scripts/subscribe.ts hands over: the outputs of main.bicep and the azd
// environment.
param systemTopicName = readEnvironmentVariable('SYSTEM_TOPIC_NAME', '')
param functionAppId = readEnvironmentVariable('FUNCTION_APP_ID', '')
param storageAccountId = readEnvironmentVariable('STORAGE_ACCOUNT_ID', '')
param delivery = readEnvironmentVariable('EVENT_DELIVERY', 'functions')
param offerExpiresAfterSeconds = int(readEnvironmentVariable('OFFER_EXPIRES_AFTER_SECONDS', '60'))
param webhookUrl = readEnvironmentVariable('WEBHOOK_URL', '')
param webhookTenantId = readEnvironmentVariable('AZURE_TENANT_ID', '')
param webhookApplicationId = readEnvironmentVariable('WEBHOOK_APPLICATION_ID', '')
