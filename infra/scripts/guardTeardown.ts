/**
 * Runs before `azd down`, which deletes every resource group that its deployment touched
 * (https://github.com/Azure/azure-dev/issues/2916). The group of an existing Communication Services resource is one
 * of them, because the system topic stands beside the resource; the group of a Key Vault that holds a secret of the
 * app's is another, because a role is given there. Nobody who tears this app down means to lose those.
 */
const { AZURE_RESOURCE_GROUP: own, SYSTEM_TOPIC_RESOURCE_GROUP: ofTopic } = process.env;
const { CONNECTION_STRING_VAULT_ENTRY_ID, WORK_SIGNING_VAULT_ENTRY_ID, WEBHOOK_GUARD_VAULT_ENTRY_ID } =
  process.env;

// /subscriptions/<id>/resourceGroups/<group>/providers/…
const groupOf = (vaultEntry: string | undefined): string | undefined => vaultEntry?.split('/')[4];
const endangered = [
  { group: ofTopic, holds: 'your Communication Services resource' },
  { group: groupOf(CONNECTION_STRING_VAULT_ENTRY_ID), holds: 'the Key Vault with your connection string' },
  { group: groupOf(WORK_SIGNING_VAULT_ENTRY_ID), holds: 'the Key Vault with your signing secret' },
  { group: groupOf(WEBHOOK_GUARD_VAULT_ENTRY_ID), holds: 'the Key Vault with the secrets of your webhook' },
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
