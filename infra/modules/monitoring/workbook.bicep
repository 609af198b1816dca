metadata description = 'A workbook with the figures of the loop: what came, what became of it, how late, what was given up.'

@description('Azure region of the workbook.')
param location string

@description('Tags of the workbook.')
param tags object

@description('Resource id of the Log Analytics workspace its queries ask.')
param workspaceId string

var functions = objectKeys(loadJsonContent('../../signals.json').functions)

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'job-router-loop')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Job Router automation'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: replace(loadTextContent('workbook.json'), '{{functions}}', join(functions, ','))
  }
}
