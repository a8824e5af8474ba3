namespace Lwm2m.Client;

/// <summary>What a server commands through its Server instance (/1/x/4, 8, 9); done after the answer is on its way.</summary>
internal sealed class ServerActions : IServerActions
{
    private readonly Lwm2mClient _client;

    public ServerActions(Lwm2mClient client) => _client = client;

    public Outcome Disable(int instance) => _client.Command(instance, ServerAccount.PendingDisable);

    // Without a bootstrap account there is nowhere to go to.
    public Outcome BootstrapTrigger(int instance) => _client.Bootstrap() ? Outcome.Ok : Outcome.MethodNotAllowed;

    public Outcome UpdateTrigger(int instance, ExecuteArguments arguments) => _client.UpdateTriggered(instance, arguments);
}
