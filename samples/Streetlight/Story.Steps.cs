using System;
using System.Threading;
using System.Threading.Tasks;

namespace Lwm2m.Samples.Streetlight;

// The server's single steps, each a line or two.
internal sealed partial class Story
{
    private static Lwm2mPath Light(int resource) => new(3311, 0, resource);

    private async Task ReadAsync(Registration client, Lwm2mPath path, CancellationToken stop)
    {
        await WakeAsync(client, stop);
        Answer answer = await client.ReadAsync(path, stop: stop).WaitAsync(Patience, stop);
        stage.Say(Side.Server, $"reads {path}: {answer}");
        await PauseAsync(stop);
    }

    private async Task<Observation> ObserveAsync(Registration client, int resource, CancellationToken stop)
    {
        await WakeAsync(client, stop);
        Observation observation = await client.ObserveAsync(Light(resource), stop: stop).WaitAsync(Patience, stop);
        stage.Say(Side.Server, $"observes {Light(resource)}: {observation.Answer}");
        await PauseAsync(stop);
        return observation;
    }

    private async Task WriteAsync(Registration client, string what, int resource, object value, Observation? observed, CancellationToken stop)
    {
        await WakeAsync(client, stop);
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

    // A slow machine may have let the lamp fall asleep between two steps.
    private async Task WakeAsync(Registration client, CancellationToken stop)
    {
        if (client.IsAwake)
            return;
        Task updated = client.NextUpdateAsync(stop);
        device.Update();
        await updated.WaitAsync(Patience, stop);
    }

    private static async Task ServerKnowsAsync(Registration client, CancellationToken stop)
    {
        while (client.IsAwake)
            await Task.Delay(20, stop);
    }

    private Task PauseAsync(CancellationToken stop)
    {
        TellCost();
        return settings.Fast ? Task.CompletedTask : Task.Delay(PauseMs, stop);
    }

    // What the step cost that is over now. What the lamp does by itself meanwhile counts for the next one.
    private void TellCost()
    {
        if (settings.Bearer == null)
            return;
        AirCount now = bearer.Air;
        AirCount step = now.Since(_told);
        _told = now;
        if (step != default)
            stage.Say(Side.Air, step.ToString());
    }
}
