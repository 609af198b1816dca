metadata description = 'Key Vault Secrets User for the app on the one secret it reads.'

@description('Name of the key vault.')
param vaultName string

@description('Name of the entry in the vault.')
param entryName string

@description('Object id of the identity of the app.')
param principalId string

// Key Vault Secrets User. The platform resolves the app setting with the identity of the app; the role is given on
// the one secret, not on the vault.
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName

  resource entry 'secrets' existing = {
    name: entryName
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault::entry
  name: guid(vault::entry.id, principalId, keyVaultSecretsUser)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
    description: 'Key Vault Secrets User: the app reads this one secret.'
  }
}
