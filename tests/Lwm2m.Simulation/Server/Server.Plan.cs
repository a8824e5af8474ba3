using System;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Simulation;

// What a server wants: observe the probe after each registration, and then all kinds of things.
internal sealed partial class Server
{
    // pmin of what is checked stays below this.
    public const int LongestPminSeconds = 30;

    private bool _confirmable;

    /// <summary>Asks for something at random.</summary>
    public void AskAnything()
    {
        int instance = Dice.Between(0, Probe.Instances - 1);
        string path = "33000/" + instance;
        switch (Dice.Between(0, 99))
        {
            case < 15:
                Ask(Read(path + "/0", Dice.Pick(ContentFormat.PlainText, ContentFormat.SenmlJson, -1)));
                break;
            case < 22:
                Ask(Read(Dice.Pick(0, 1) == 0 ? path : "3/0", Dice.Pick(ContentFormat.Tlv, ContentFormat.SenmlJson, -1)));
                break;
            case < 27:
                Ask(new ServerOperation(OperationKind.Discover, CoapCode.Get, "33000") { Accept = ContentFormat.LinkFormat });
                break;
            case < 45:
                Ask(WriteSetpoint(instance));
                break;
            case < 60:
                Ask(Execute(instance));
                break;
            case < 67:
                Ask(Create());
                break;
            case < 72:
                Ask(new ServerOperation(OperationKind.Delete, CoapCode.Delete, "33000/" + Dice.Between(Probe.Instances, Probe.MaxInstances)));
                break;
            case < 80:
                Ask(Attributes(path));
                break;
            case < 84:
                Ask(Observe(instance));
                break;
            case < 87:
                CancelAny();
                break;
            case < 91:
                Ask(Write("1/" + Index + "/1", Period(Dice.Pick(40, 60, 120, 300, 3600))));
                break;
            case < 94:
                Ask(Write("1/" + Index + "/2", Dice.Between(0, LongestPminSeconds)));
                break;
            case < 97:
                Ask(new ServerOperation(OperationKind.Execute, CoapCode.Post, "1/" + Index + "/8"));
                break;
            default:
                AskToDisable();
                break;
        }
    }

    /// <summary>Asks for something that a client does again and again, and that must cost it no memory.</summary>
    public void AskQuietly()
    {
        int instance = Dice.Between(0, Probe.Instances - 1);
        Ask(Dice.Between(0, 3) switch
        {
            0 => Read("33000/" + instance + "/0", ContentFormat.PlainText),
            1 => Read("33000/" + instance, ContentFormat.SenmlJson),
            2 => WriteSetpoint(instance),
            _ => Execute(instance),
        });
    }

    /// <summary>Looks whether the attributes that it attached, and was told so, are there.</summary>
    public void CheckAttributes()
    {
        foreach (((int Server, string Path, string Name) key, string value) in World.Device.Ledger.Attributes)
        {
            if (key.Server != Index + 1)
                continue;
            string path = key.Path;
            string name = key.Name;
            string attached = value;
            Ask(new ServerOperation(OperationKind.Discover, CoapCode.Get, path[1..])
            {
                Accept = ContentFormat.LinkFormat,
                Answered = links => CheckAttribute(links, path, name, attached),
            });
        }
    }

    private void CheckAttribute(string links, string path, string name, string value)
    {
        foreach (string link in links.Split(','))
            if (link.StartsWith("<" + path + ">", StringComparison.Ordinal) && (link + ";").Contains(";" + name + "=" + value + ";", StringComparison.Ordinal))
                return;
        if (World.Device.Ledger.Attributes.TryGetValue((Index + 1, path, name), out string? now) && now == value)
            World.Break($"{name}={value} was attached to {path}, and is not there any more: {links}");
    }

    // The registration is new: the server asks for the notifications that it wants, and how they are to come.
    private void PlanFirst()
    {
        _confirmable = false;
        if (World.Scenario.ConfirmableNotifications)
            Ask(Write("1/" + Index + "/26", 1, code => _confirmable = CoapCode.IsSuccess(code)));
        if (World.Scenario.SendGapMs > 0)
            Ask(Write("1/" + Index + "/23", 0));
        ObserveAll();
    }

    private void ObserveAll()
    {
        // Made when its turn comes: whether notifications are confirmable is known by then.
        for (int instance = 0; instance < Probe.Instances; instance++)
        {
            int observed = instance;
            Ask(Read("33000/" + observed + "/0", ContentFormat.PlainText, _ => Ask(Observe(observed))));
        }
    }

    private ServerOperation Observe(int instance)
    {
        int resource = Dice.Chance(70) ? Probe.Counter : -1;
        return new ServerOperation(OperationKind.Observe, CoapCode.Get, "33000/" + instance + (resource < 0 ? "" : "/0"))
        {
            Accept = resource < 0 ? Dice.Pick(ContentFormat.Tlv, ContentFormat.SenmlJson) : ContentFormat.PlainText,
            Observation = NewObservation(instance, resource),
        };
    }

    private void CancelAny()
    {
        if (Observations.Count == 0)
            return;
        ServerObservation observation = Observations[Dice.Between(0, Observations.Count - 1)];
        string path = "33000/" + observation.Instance + (observation.Resource < 0 ? "" : "/0");
        if (Dice.Chance(50))
            Observations.Remove(observation);
        else
            Ask(new ServerOperation(OperationKind.Cancel, CoapCode.Get, path) { Observation = observation });
    }

    private static ServerOperation Read(string path, int accept, Action<int>? done = null) =>
        new(OperationKind.Read, CoapCode.Get, path) { Accept = accept, Done = done };

    private ServerOperation WriteSetpoint(int instance) => Write("33000/" + instance + "/1", World.NextNumber());

    private static ServerOperation Write(string path, long value, Action<int>? done = null) =>
        new(OperationKind.Write, CoapCode.Put, path) { Payload = Text(Number(value)), ContentFormat = ContentFormat.PlainText, Done = done };

    private ServerOperation Execute(int instance) =>
        new(OperationKind.Execute, CoapCode.Post, "33000/" + instance + "/3") { Payload = Text("0='" + Number(World.NextNumber()) + "'") };

    // TLV of one resource: the client chooses the instance.
    private ServerOperation Create()
    {
        long number = World.NextNumber();
        byte[] payload = { 0xC4, Probe.Mark, (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number };
        return new ServerOperation(OperationKind.Create, CoapCode.Post, "33000") { Payload = payload, ContentFormat = ContentFormat.Tlv };
    }

    private ServerOperation Attributes(string path) => new(OperationKind.WriteAttributes, CoapCode.Put, path + (Dice.Chance(70) ? "/0" : ""))
    {
        Query = Dice.Between(0, 3) switch
        {
            0 => "pmin=" + Dice.Between(0, LongestPminSeconds),
            1 => "pmin=" + Dice.Between(0, LongestPminSeconds) + "&pmax=" + Period(Dice.Between(60, 6000)),
            2 => "epmin=" + Dice.Between(1, 20),
            _ => "pmax=" + Period(Dice.Between(100, 86400)),
        },
    };

    private int Period(int seconds) => Math.Max(seconds, World.Scenario.ShortestPeriodSeconds);

    private void AskToDisable()
    {
        if (!World.IsStorm || !Dice.Chance(World.Scenario.DisablePercent * 10))
            return;
        Ask(Write("1/" + Index + "/5", Dice.Pick(30, 300, 3600), code =>
        {
            if (CoapCode.IsSuccess(code))
                Ask(new ServerOperation(OperationKind.Execute, CoapCode.Post, "1/" + Index + "/4"));
        }));
    }
}
