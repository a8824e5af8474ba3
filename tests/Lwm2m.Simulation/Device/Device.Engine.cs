using System;
using System.Globalization;
using Lwm2m.Client;

namespace Lwm2m.Simulation;

// The calls into the engine, what each of them allocates, and what the engine promises.
internal sealed partial class Device
{
    // More polls than this at one moment are an engine that spins.
    private const int MaxPollsAtOnce = 100;

    private long _ownBytes;
    private bool _engineRuns;
    private bool _isOwn;
    private string _accountsBefore = "";

    /// <summary>While set, an engine call that allocates breaks the world.</summary>
    public bool IsMetered { get; set; }

    /// <summary>Bytes that the engine allocated while metered, and its calls.</summary>
    public long MeteredCalls { get; private set; }

    /// <summary>The simulation's own part of an engine call begins: what it allocates is not the engine's.</summary>
    public long BeginOwn()
    {
        if (_isOwn || !_engineRuns)
            return -1;
        _isOwn = true;
        return GC.GetAllocatedBytesForCurrentThread();
    }

    public void EndOwn(long before)
    {
        if (before < 0)
            return;
        _isOwn = false;
        _ownBytes += GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>A datagram arrives at one of the device's ports.</summary>
    public void Receive(int address, int server, byte[] datagram)
    {
        int index = LinkAt(address, server);
        if (!IsOn || index < 0)
            return;
        World.Log.Message(World.Agenda.NowMs, World.Nodes[server].Arrow, datagram);
        Stir();
        EnterDoor(index, datagram);
        long before = BeginCall();
        _client!.Received(index, datagram, 0, datagram.Length, World.Agenda.NowMs);
        EndCall(before, "Received");
        Poll();
    }

    /// <summary>Lets the engine do what is due, and plans the next time.</summary>
    public void Poll()
    {
        long nowMs = World.Agenda.NowMs;
        for (int polls = 0; IsOn; polls++)
        {
            long before = BeginCall();
            long dueMs = _client!.Poll(nowMs);
            EndCall(before, "Poll");
            if (!IsOn)
                return;
            if (dueMs > nowMs)
            {
                _pollAtMs = long.MaxValue;
                // A device wakes a little late.
                if (dueMs != long.MaxValue)
                    PollAt(dueMs + _dice.Between(0, 20));
                return;
            }

            if (polls == MaxPollsAtOnce)
            {
                World.Break("the engine wants to be polled again and again at the same moment");
                return;
            }
        }
    }

    public void StateChanged(ServerAccount server, RegistrationState before)
    {
        if (_isPowerGone)
            return;
        Note(before + " -> " + server.State, server);
        if (server.State != RegistrationState.Waiting)
            _links[server.Index].PromisedMs = long.MaxValue;
        if (server.State == RegistrationState.Disabled)
            _links[server.Index].PromisedMs = World.Agenda.NowMs + Client.Servers.DisableTimeoutSeconds(server.ServerInstance) * 1000;
    }

    public void RegistrationFailed(ServerAccount server, long retryInMs)
    {
        if (_isPowerGone)
            return;
        Note(string.Create(CultureInfo.InvariantCulture,
            $"attempt failed: {server.LastFailure} {server.LastFailureCode:x2}, next in {retryInMs / 1000.0} s"), server);
        Link link = _links[server.Index];
        link.PromisedMs = World.Agenda.NowMs + retryInMs;
        if (retryInMs < 0 || retryInMs > World.LongestPauseMs)
            World.Break($"a pause of {retryInMs} ms is longer than the client's own retry times allow");
        if (World.IsCalmSince(link.OpenedMs))
            World.Break($"an attempt to register at server {server.ShortServerId} failed though all was well since before it began");
    }

    public void BootstrapFailed(BootstrapFailure reason, int code, long retryInMs)
    {
        if (_isPowerGone)
            return;
        World.Note(string.Create(CultureInfo.InvariantCulture, $"device: bootstrap failed: {reason} {code:x2}, next in {retryInMs / 1000.0} s"));
        if (retryInMs < 0 || retryInMs > World.LongestPauseMs)
            World.Break($"a pause of {retryInMs} ms before the next bootstrap is longer than the client's own retry times allow");
        if (reason != BootstrapFailure.NoFinish && World.IsCalmSince(_links[_scenario.Servers].OpenedMs))
            World.Break("a bootstrap failed though all was well since before it began");
        if (_accountsBefore != Accounts())
            World.Break("a bootstrap failed, and yet it left its traces: " + Accounts() + " was " + _accountsBefore);
    }

    public void BootstrapStateChanged(BootstrapState state, BootstrapState before)
    {
        World.Note("device: bootstrap: " + before + " -> " + state);
        if (before != BootstrapState.InSession)
            _accountsBefore = Accounts();
    }

    public void StorageFailed(string record, StorageFailure failure)
    {
        if (_isPowerGone)
            return;
        World.Note("device: storage: " + record + " " + failure);
        if (failure == StorageFailure.Corrupt)
            World.Break("a power cut left the record " + record + " corrupt");
        else if (!World.IsStorm)
            World.Break("the record " + record + " cannot be written, though the disk is empty");
    }

    /// <summary>What only a bootstrap can change, as a text.</summary>
    private string Accounts()
    {
        var text = new System.Text.StringBuilder();
        for (int position = 0; position < Client.Security.InstanceCount; position++)
        {
            int instance = Client.Security.InstanceAt(position);
            text.Append(CultureInfo.InvariantCulture, $"/0/{instance} {Client.Security.Uri(instance)} {Client.Security.ShortServerId(instance)}; ");
        }

        for (int position = 0; position < Client.Servers.InstanceCount; position++)
        {
            int instance = Client.Servers.InstanceAt(position);
            text.Append(CultureInfo.InvariantCulture, $"/1/{instance} {Client.Servers.ShortServerId(instance)}; ");
        }

        return text.ToString();
    }

    public void Note(string what, ServerAccount server)
    {
        long own = BeginOwn();
        World.Note("device: server " + server.ShortServerId + ": " + what);
        EndOwn(own);
    }

    /// <summary>What must hold at every moment.</summary>
    public void Check()
    {
        if (!IsOn)
            return;
        long nowMs = World.Agenda.NowMs;
        for (int index = 0; index < Client.AccountCount; index++)
        {
            Link link = _links[index];
            // While the bootstrap server writes, nobody is registered at.
            if (Client.BootstrapState == BootstrapState.InSession && link.PromisedMs != long.MaxValue)
                link.PromisedMs = Math.Max(link.PromisedMs, nowMs);
            if (nowMs - 1000 > link.PromisedMs)
                World.Break($"the next attempt at server {Client.Account(index).ShortServerId} was due at {MessageLog.Clock(link.PromisedMs)} and did not come");
        }
    }

    private long BeginCall()
    {
        _engineRuns = true;
        _ownBytes = 0;
        Disk.IsTouched = false;
        return GC.GetAllocatedBytesForCurrentThread();
    }

    private void EndCall(long before, string what)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before - _ownBytes;
        _engineRuns = false;
        _requestLink = -1;
        if (_isPowerGone)
            CutPower();
        // Writing to the storage costs names of files, which is a matter of the storage.
        if (!IsMetered || Disk.IsTouched)
            return;
        MeteredCalls++;
        if (allocated != 0)
            World.Break($"{what} allocated {allocated} bytes in steady state");
    }
}
