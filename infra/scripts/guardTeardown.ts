/**
 * Runs before `azd down`, which deletes every resource group that its deployment touched
 * (https://github.com/Azure/azure-dev/issues/2916). The group of an existing Communication Services resource is one
 * of them, because the system topic stands beside the resource; the group of a Key Vault that holds the connection
 * string is another, because a role is given there. Nobody who tears this app down means to lose those.
 */
const {
  AZURE_RESOURCE_GROUP: own,
  SYSTEM_TOPIC_RESOURCE_GROUP: ofTopic,
  CONNECTION_STRING_VAULT_ENTRY_ID: vaultEntry,
} = process.env;

// /subscriptions/<id>/resourceGroups/<group>/providers/…
const ofVault = vaultEntry?.split('/')[4];
const endangered = [
  { group: ofTopic, holds: 'your Communication Services resource' },
  { group: ofVault, holds: 'the Key Vault with your connection string' },
].filter(({ group }) => group && group.toLowerCase() !== own?.toLowerCase());

for (const { group, holds } of endangered) {
  process.stderr.write(`azd down would also delete the resource group ${group}, which holds ${holds}.\n`);
}
if (endangered.length > 0) {
  process.stderr.write(
    'Nothing was deleted. Tear this deployment down with the commands under "Tear down" in docs/deploy.md.\n',
  );
  process.exitCode = 1;
}
