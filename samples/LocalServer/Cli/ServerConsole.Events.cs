using System;

namespace Lwm2m.Samples.Cli;

// What clients do, a line each.
public sealed partial class ServerConsole
{
    private void Listen()
    {
        _server.Registered += OnRegistered;
        _server.Updated += OnUpdated;
        _server.Deregistered += OnDeregistered;
        _server.DataSent += OnDataSent;
        _server.OperationQueued += OnOperationQueued;
        _server.OperationSent += OnOperationSent;
        _bootstrap.BootstrapBegun += OnBootstrapBegun;
        _bootstrap.BootstrapStepped += OnBootstrapStepped;
        _bootstrap.BootstrapEnded += OnBootstrapEnded;
    }

    private void StopListening()
    {
        _server.Registered -= OnRegistered;
        _server.Updated -= OnUpdated;
        _server.Deregistered -= OnDeregistered;
        _server.DataSent -= OnDataSent;
        _server.OperationQueued -= OnOperationQueued;
        _server.OperationSent -= OnOperationSent;
        _bootstrap.BootstrapBegun -= OnBootstrapBegun;
        _bootstrap.BootstrapStepped -= OnBootstrapStepped;
        _bootstrap.BootstrapEnded -= OnBootstrapEnded;
    }

    private void OnRegistered(object? sender, RegistrationEventArgs e) => Print("registered   " + e.Registration);

    private void OnUpdated(object? sender, RegistrationEventArgs e) => Print("updated      " + e.Registration);

    private void OnDeregistered(object? sender, RegistrationEventArgs e) =>
        Print($"{e.End.ToString()!.ToLowerInvariant(),-12} {e.Registration.Endpoint} {e.Registration.Location}");

    private void OnDataSent(object? sender, SendEventArgs e) => Print($"send         {e.Registration.Endpoint} {string.Join(", ", e.Data.Records)}");

    private void OnOperationQueued(object? sender, OperationEventArgs e)
    {
        Print($"queued       {e.Registration.Endpoint} {e.Request}");
        _queued.TrySetResult();
    }

    private void OnOperationSent(object? sender, OperationEventArgs e) => Print($"sent         {e.Registration.Endpoint} {e.Request}");

    private void OnBootstrapBegun(object? sender, BootstrapEventArgs e) => Print($"bootstrap    {e.Session}");

    private void OnBootstrapStepped(object? sender, BootstrapEventArgs e) => Print($"step         {e.Session.Endpoint} {e.Result}");

    private void OnBootstrapEnded(object? sender, BootstrapEventArgs e)
    {
        string end = e.Session.Ended.Result switch
        {
            BootstrapOutcome.Succeeded => "bootstrapped",
            BootstrapOutcome outcome => "bootstrap " + outcome.ToString().ToLowerInvariant(),
        };
        Print($"{end} {e.Session.Endpoint}");
    }
}
