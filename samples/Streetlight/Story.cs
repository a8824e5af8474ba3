using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Samples.Objects;

namespace Lwm2m.Samples.Streetlight;

/// <summary>What the server inside does with the lamp, step by step, so that a person can follow.</summary>
internal sealed class Story(LocalServer server, Lamp lamp, IStage stage, Settings settings)
{
    private const int PauseMs = 700;

    // On loopback an answer that takes longer will never come.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>From the registration to the last step before the lamp leaves.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        Registration client = await server.WaitForRegistrationAsync(settings.Endpoint, stop).WaitAsync(Patience, stop);
        stage.Say(Side.Server, $"{client.Endpoint} has registered: LwM2M {client.Version}, lifetime {client.LifetimeSeconds} s, "
            + string.Join(' ', client.Links.Select(link => link.Path)));
        await PauseAsync(stop);
        await ReadAsync(client, "/3/0/1", stop);

        Observation light = await ObserveAsync(client, LightControl.OnOff, stop);
        Observation dimmer = await ObserveAsync(client, LightControl.Dimmer, stop);
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
        await CancelAsync(light, stop);
        await CancelAsync(dimmer, stop);
        await ReadAsync(client, $"/3311/0/{LightControl.Dimmer}", stop);
    }

    private static Lwm2mPath Light(int resource) => new(3311, 0, resource);

    private async Task ReadAsync(Registration client, Lwm2mPath path, CancellationToken stop)
    {
        Answer answer = await client.ReadAsync(path, stop: stop).WaitAsync(Patience, stop);
        stage.Say(Side.Server, $"reads {path}: {answer}");
        await PauseAsync(stop);
    }

    private async Task<Observation> ObserveAsync(Registration client, int resource, CancellationToken stop)
    {
        Observation observation = await client.ObserveAsync(Light(resource), stop: stop).WaitAsync(Patience, stop);
        stage.Say(Side.Server, $"observes {Light(resource)}: {observation.Answer}");
        await PauseAsync(stop);
        return observation;
    }

    private async Task WriteAsync(Registration client, string what, int resource, object value, Observation? observed, CancellationToken stop)
    {
        var record = new ResourceRecord(Light(resource), value);
        stage.Say(Side.Server, $"{what}: writes {record}");
        Answer answer = await client.WriteAsync(Light(resource), value, stop: stop).WaitAsync(Patience, stop);
        if (!answer.IsSuccess)
            throw new InvalidOperationException($"The lamp refused to write {record}: {answer}.");
        if (observed != null)
            await NotifiedAsync(observed, stop);
        await PauseAsync(stop);
    }

    private async Task NotifiedAsync(Observation observation, CancellationToken stop)
    {
        Answer notification = await observation.NextAsync(stop).AsTask().WaitAsync(Patience, stop);
        stage.Say(Side.Server, $"is notified: {notification}");
    }

    private async Task CancelAsync(Observation observation, CancellationToken stop)
    {
        await observation.CancelAsync(stop).WaitAsync(Patience, stop);
        stage.Say(Side.Server, $"observes {observation.Path} no more");
        await PauseAsync(stop);
    }

    private Task PauseAsync(CancellationToken stop) => settings.Fast ? Task.CompletedTask : Task.Delay(PauseMs, stop);
}
