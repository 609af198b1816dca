/**
 * Runs before `azd down`, which deletes every resource group that its deployment touched
 * (https://github.com/Azure/azure-dev/issues/2916). The group of an existing Communication Services resource is one
 * of them, because the system topic stands beside the resource. Nobody who tears this app down means to lose that.
 */
const { AZURE_RESOURCE_GROUP: own, SYSTEM_TOPIC_RESOURCE_GROUP: ofTopic } = process.env;

if (ofTopic && ofTopic.toLowerCase() !== own?.toLowerCase()) {
  process.stderr.write(
    `azd down would also delete the resource group ${ofTopic}, which holds your Communication Services resource.\n` +
      'Nothing was deleted. Tear this deployment down with the commands under "Tear down" in docs/deploy.md.\n',
  );
  process.exitCode = 1;
}
