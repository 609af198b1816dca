metadata description = 'Alerts on what a person has to look at. Names of functions, metrics and outcomes are held to the app by npm run check:infra.'

@description('Text that makes names unique.')
param token string

@description('Azure region of the log alerts; the workspace is there too.')
param location string

@description('Tags of the alerts.')
param tags object

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Resource id of the system topic; empty for a self-hosted router.')
param systemTopicId string

@description('Seconds an offer lives; an accept that lags by half of it raises an alert.')
param offerExpiresAfterSeconds int

@description('E-mail address alerts are sent to; empty for none.')
param email string

var metrics = loadJsonContent('../../signals.json').metrics

var logAlerts = [
  {
    name: 'parked-events'
    title: 'Events were parked'
    description: 'The app could not handle events and parked them whole in the queue parked-events. Each message holds the reason.'
    severity: 2
    query: loadTextContent('queries/parkedEvents.kql')
    measure: 'Parked'
    aggregation: 'Total'
    threshold: 0
    split: []
  }
  {
    name: 'failure-rate'
    title: 'Functions fail'
    description: 'More than 10 % of the events of a function were parked or left to be delivered again. The latter come back until their retry policy ends, then become dead letters.'
    severity: 2
    query: loadTextContent('queries/failureRate.kql')
    measure: 'FailedPercent'
    aggregation: 'Maximum'
    threshold: 10
    split: ['Function']
  }
  {
    name: 'accept-lag'
    title: 'Offers are handled late'
    description: 'One offer in twenty waited longer than half of its life before the app saw it. Offers that expire take their worker offline.'
    severity: 2
    query: loadTextContent('queries/acceptLag.kql')
    measure: 'LagMilliseconds'
    aggregation: 'Maximum'
    threshold: offerExpiresAfterSeconds * 500
    split: []
  }
  {
    name: 'router-429'
    title: 'The router throttles the app'
    description: 'The router answered 429 beyond what waiting inside one delivery could bridge. Lower maximumInstanceCount, or ask Microsoft for a larger quota.'
    severity: 3
    query: loadTextContent('queries/routerThrottling.kql')
    measure: 'Throttled'
    aggregation: 'Total'
    threshold: 5
    split: []
  }
]

var metricAlerts = empty(systemTopicId)
  ? []
  : [
      {
        name: 'dead-letters'
        metric: metrics.deadLettered
        description: 'Event Grid gave up on events and wrote them to the container dead-letters.'
      }
      {
        name: 'dropped-events'
        metric: metrics.dropped
        description: 'Event Grid gave up on events and could not even write them to the container dead-letters: they are lost.'
      }
    ]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'job-router'
    enabled: true
    emailReceivers: [{ name: 'operations', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource onLogs 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in logAlerts: {
    name: '${alert.name}-${token}'
    location: location
    tags: tags
    properties: {
      displayName: alert.title
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      // The tables come into being with the first line that is logged.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            metricMeasureColumn: alert.measure
            timeAggregation: alert.aggregation
            operator: 'GreaterThan'
            threshold: alert.threshold
            dimensions: [for column in alert.split: { name: column, operator: 'Include', values: ['*'] }]
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [people.id] }
    }
  }
]

resource onMetrics 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for alert in metricAlerts: {
    name: '${alert.name}-${token}'
    location: 'global'
    tags: tags
    properties: {
      description: alert.description
      severity: 1
      enabled: true
      scopes: [systemTopicId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: alert.name
            metricNamespace: 'Microsoft.EventGrid/systemTopics'
            metricName: alert.metric
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: 0
          }
        ]
      }
      actions: empty(email) ? [] : [{ actionGroupId: people.id }]
    }
  }
]
