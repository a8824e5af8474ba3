using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Samples.Objects;

namespace Lwm2m.Samples.Streetlight;

/// <summary>The life of a lamp, step by step, so that a person can follow: bootstrapped, registered, managed, asleep, cut off, and back.</summary>
internal sealed partial class Story(LocalServer server, Lwm2mClient device, Lamp lamp, LampEvents events, IStage stage, Bearer bearer, Settings settings)
{
    private const int PauseMs = 700;

    private AirCount _told;

    // Long enough for a retransmission to fall into it, short enough for the one that comes after it.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(2);

    // On loopback an answer that takes longer will never come.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>From the bootstrap to the last step before the lamp leaves.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await BootstrapAsync(stop);
        Registration client = await server.WaitForRegistrationAsync(settings.Endpoint, stop).WaitAsync(Patience, stop);
        stage.Say(Side.Server, $"{client.Endpoint} has registered: LwM2M {client.Version}, lifetime {client.LifetimeSeconds} s{(client.QueueMode ? ", queue mode" : "")}, "
            + string.Join(' ', client.Links.Select(link => link.Path)));
        await PauseAsync(stop);
        await ReadAsync(client, "/3/0/1", stop);

        // A report that is lost is to be sent again.
        await client.WriteAttributesAsync(Light(LightControl.OnOff), "con=1").WaitAsync(Patience, stop);
        Observation light = await ObserveAsync(client, LightControl.OnOff, stop);
        Observation dimmer = await ObserveAsync(client, LightControl.Dimmer, stop);
        await UseLightAsync(client, light, dimmer, stop);
        await SleepAsync(client, light, dimmer, stop);
        if (bearer.KeepsObservations)
        {
            await LoseNetworkAsync(client, light, stop);
        }
        else
        {
            client = await LoseConnectionAsync(client, stop);
            light = await ObserveAsync(client, LightControl.OnOff, stop);
            dimmer = await ObserveAsync(client, LightControl.Dimmer, stop);
        }

        await CancelAsync(light, stop);
        await CancelAsync(dimmer, stop);
        client = await LoseServerAsync(client, stop);
        await ReadAsync(client, $"/3311/0/{LightControl.Dimmer}", stop);
    }

    private async Task BootstrapAsync(CancellationToken stop)
    {
        BootstrapSession session = await server.NextBootstrapAsync(stop).AsTask().WaitAsync(Patience, stop);
        BootstrapOutcome outcome = await session.Ended.WaitAsync(Patience, stop);
        if (session.IsPack)
            stage.Say(Side.Server, $"bootstraps {session.Endpoint} with a pack: {server.PlanOf(session.Endpoint)}");
        foreach (BootstrapStepResult step in session.Results)
            stage.Say(Side.Server, $"bootstraps {session.Endpoint}: {step}");
        await PauseAsync(stop);
        if (outcome != BootstrapOutcome.Succeeded)
            throw new InvalidOperationException($"The bootstrap ended with {outcome}.");
    }

    private async Task UseLightAsync(Registration client, Observation light, Observation dimmer, CancellationToken stop)
    {
        await WriteAsync(client, "switches it on", LightControl.OnOff, true, light, stop);
        foreach (int percent in new[] { 75, 50, 25, 10, 60 })
            await WriteAsync(client, $"dims it to {percent} %", LightControl.Dimmer, percent, dimmer, stop);
        foreach (string colour in new[] { "#FF9030", "#80B0FF", "#FFD9A0" })
            await WriteAsync(client, "colours it", LightControl.Colour, colour, null, stop);
        await WriteAsync(client, "sets it to full light", LightControl.Dimmer, 100, dimmer, stop);

        stage.Say(Side.Lamp, "somebody presses the button at the pole");
        lamp.PressButton();
        await NotifiedAsync(light, stop);
        await PauseAsync(stop);
        await WriteAsync(client, "switches it on again", LightControl.OnOff, true, light, stop);
    }

    private async Task SleepAsync(Registration client, Observation light, Observation dimmer, CancellationToken stop)
    {
        stage.Say(Side.Lamp, "has nothing to say for a while");
        await events.WhenAsleepAsync(stop).WaitAsync(Patience, stop);
        await ServerKnowsAsync(client, stop);
        Task<Answer> later = client.WriteAsync(Light(LightControl.Dimmer), 40, stop: stop);
        stage.Say(Side.Server, "wants to dim it to 40 %: the lamp sleeps, so the request waits");
        await PauseAsync(stop);
        stage.Say(Side.Lamp, "somebody presses the button; the lamp goes out, and the report waits");
        lamp.PressButton();
        await PauseAsync(stop);
        stage.Say(Side.Lamp, "an alarm clock wakes it");
        device.WakeUp();
        await NotifiedAsync(light, stop);
        stage.Say(Side.Server, $"now gets its answer: {await later.WaitAsync(Patience, stop)}");
        await NotifiedAsync(dimmer, stop);
        await PauseAsync(stop);
        await WriteAsync(client, "switches it on", LightControl.OnOff, true, light, stop);
    }

    private async Task LoseNetworkAsync(Registration client, Observation light, CancellationToken stop)
    {
        await WakeAsync(client, stop);
        stage.Say(Side.Lamp, "has lost its network; somebody presses the button");
        bearer.Lose();
        lamp.PressButton();
        await Task.Delay(Outage, stop);
        bearer.Restore();
        stage.Say(Side.Lamp, "has its network back");
        await NotifiedAsync(light, stop);
        await PauseAsync(stop);
    }

    // Observations end with their connection (RFC 8323 6.4 has no way to go on): the lamp comes back and registers, and is observed anew.
    private async Task<Registration> LoseConnectionAsync(Registration client, CancellationToken stop)
    {
        stage.Say(Side.Lamp, "has lost its connection");
        bearer.Lose();
        await client.Ended.WaitAsync(Patience, stop);
        bearer.Restore();
        client = await server.WaitForRegistrationAsync(settings.Endpoint, stop).WaitAsync(Patience, stop);
        stage.Say(Side.Server, $"{client.Endpoint} is back, and has registered again");
        await PauseAsync(stop);
        return client;
    }

    private async Task<Registration> LoseServerAsync(Registration client, CancellationToken stop)
    {
        stage.Say(Side.Server, "starts anew and has forgotten all lamps");
        server.Forget(client);
        await PauseAsync(stop);
        stage.Say(Side.Lamp, "sends its next update");
        device.Update();
        client = await server.WaitForRegistrationAsync(settings.Endpoint, stop).WaitAsync(Patience, stop);
        stage.Say(Side.Server, $"{client.Endpoint} has registered again");
        await PauseAsync(stop);
        return client;
    }
}
