metadata description = 'Logs and metrics of the function app and its storage, kept in the workspace. Those of the system topic are set beside it.'

@description('Name of the function app.')
param functionAppName string

@description('Name of the storage account.')
param storageAccountName string

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

var diagnosticsName = 'to-workspace'
// Reads are left out: the host reads its locks and package all day, and nobody would read that.
var changes = [{ category: 'StorageWrite', enabled: true }, { category: 'StorageDelete', enabled: true }]
var transactions = [{ category: 'Transaction', enabled: true }]

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: functionAppName
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageAccountName

  resource blobs 'blobServices' existing = {
    name: 'default'
  }

  resource queues 'queueServices' existing = {
    name: 'default'
  }
}

// What the host says where its telemetry fails to reach Application Insights.
resource ofApp 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: diagnosticsName
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

resource ofBlobs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::blobs
  name: diagnosticsName
  properties: { workspaceId: workspaceId, logs: changes, metrics: transactions }
}

resource ofQueues 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::queues
  name: diagnosticsName
  properties: { workspaceId: workspaceId, logs: changes, metrics: transactions }
}
