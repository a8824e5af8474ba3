using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Access;

/// <summary>Three servers do what comes to their minds; each answer has the code that a plain model expects.</summary>
public class AccessModelTests
{
    private const int Thing = 30001;
    private const int Servers = 3;
    private const int Instances = 6;

    private readonly AccessModel _model = new();
    private Bed _bed = null!;
    private StoredObject _thing = null!;
    private Random _random = null!;

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    public void Every_operation_is_answered_as_the_rights_say(int seed)
    {
        TestContext.Out.WriteLine("seed " + seed);
        _random = new Random(seed);
        Start();
        for (int step = 0; step < 1500; step++)
        {
            int server = _random.Next(1, Servers + 1);
            int instance = _random.Next(Instances);
            (string line, string expected) = Choose(server, instance);
            Assert.That(_bed.Code(server - 1, line), Is.EqualTo(expected), $"seed {seed}, step {step}, server {server}: {line}");
            if (step % 100 == 0)
                CompareEntries(seed, step);
        }
    }

    private void Start()
    {
        _model.Entries.Clear();
        _thing = new StoredObject(new ObjectDefinition(Thing, "1.0",
            Resource.ReadWrite(0, DataType.Integer), Resource.Executable(1)) { MaxInstances = Instances }, capacity: 64);
        _bed = new Bed(setUp: c => c.Add(_thing), lifetime: 0, servers: Servers);
        for (int instance = 0; instance < 3; instance++)
        {
            _thing.AddInstance(instance);
            _thing.Set(instance, 0, 5L);
        }

        for (int server = 1; server <= Servers; server++)
            _model.Add(1, server - 1, server).Rights[server] = 15;
        _model.Add(3, 0, 65535).Rights[0] = 15;
        _model.Add(Thing, 65535, 65535).Rights[0] = 16;
        for (int instance = 0; instance < 3; instance++)
            _model.Add(Thing, instance, 65535).Rights[0] = 15;
        _bed.RegisteredAtAll();
    }

    private (string Line, string Code) Choose(int server, int instance)
    {
        string path = $"/{Thing}/{instance}";
        switch (_random.Next(10))
        {
            case 0:
                return ($"CON GET {path}/0", On(server, instance, AccessRights.Read, "2.05"));
            case 1:
                return ($"CON GET {path} accept=112", On(server, instance, AccessRights.Read, "2.05"));
            case 2:
                return ($"CON PUT {path}/0 cf=0 \"5\"", On(server, instance, AccessRights.Write, "2.04"));
            case 3:
                return ($"CON POST {path}/1", On(server, instance, AccessRights.Execute, "4.05"));
            case 4:
                return ($"CON PUT {path}/0?pmin=0", On(server, instance, AccessRights.Read, "2.04"));
            case 5:
                return Delete(server, instance, path);
            case 6:
                return Create(server, instance);
            case 7:
                return ChangeOwner(server);
            default:
                return ChangeRights(server);
        }
    }

    private string On(int server, int instance, AccessRights right, string done) =>
        !_model.Entries.ContainsKey((Thing, instance)) ? "4.04" : _model.May(server, Thing, instance, right) ? done : "4.01";

    private (string Line, string Code) Delete(int server, int instance, string path)
    {
        string code = On(server, instance, AccessRights.Delete, "2.02");
        if (code == "2.02")
            _model.Entries.Remove((Thing, instance));
        return ("CON DELETE " + path, code);
    }

    private (string Line, string Code) Create(int server, int instance)
    {
        string line = $"CON POST /{Thing} cf=110 \"[{{\"n\":\"/{Thing}/{instance}/0\",\"v\":5}}]\"";
        if (!_model.May(server, Thing, 65535, AccessRights.Create))
            return (line, "4.01");
        if (_model.Entries.ContainsKey((Thing, instance)))
            return (line, "4.00");
        _model.Add(Thing, instance, server).Rights[server] = 15;
        return (line, "2.01");
    }

    private (string Line, string Code) ChangeRights(int server)
    {
        ((int _, int instance), AccessModel.Entry entry) = SomeEntry();
        int whose = _random.Next(0, Servers + 2);
        int rights = _random.Next(32);
        bool may = entry.Owner == server && instance != 65535;
        if (_random.Next(4) == 0)
        {
            string code = !may ? "4.01" : entry.Rights.Remove(whose) ? "2.02" : "4.04";
            return ($"CON DELETE /2/{entry.Id}/2/{whose}", code);
        }

        if (_random.Next(3) == 0)
        {
            if (may)
            {
                entry.Rights.Clear();
                entry.Rights[whose] = rights;
            }

            return ($"CON PUT /2/{entry.Id}/2 cf=110 \"[{{\"n\":\"/2/{entry.Id}/2/{whose}\",\"v\":{rights}}}]\"", may ? "2.04" : "4.01");
        }

        if (may)
            entry.Rights[whose] = rights;
        return ($"CON POST /2/{entry.Id} cf=110 \"[{{\"n\":\"/2/{entry.Id}/2/{whose}\",\"v\":{rights}}}]\"", may ? "2.04" : "4.01");
    }

    private (string Line, string Code) ChangeOwner(int server)
    {
        ((int _, int instance), AccessModel.Entry entry) = SomeEntry();
        int owner = _random.Next(1, Servers + 1);
        bool may = entry.Owner == server && instance != 65535;
        if (may)
            entry.Owner = owner;
        return ($"CON PUT /2/{entry.Id}/3 cf=0 \"{owner}\"", may ? "2.04" : "4.01");
    }

    private KeyValuePair<(int Object, int Instance), AccessModel.Entry> SomeEntry() =>
        _model.Entries.OrderBy(e => e.Value.Id).ElementAt(_random.Next(_model.Entries.Count));

    // All that a server reads of object 2, in one string.
    private void CompareEntries(int seed, int step)
    {
        string expected = "[" + string.Join(",", _model.Entries.OrderBy(e => e.Value.Id).Select(e =>
            $"{{\"bn\":\"/2/{e.Value.Id}/\",\"n\":\"0\",\"v\":{e.Key.Object}}},{{\"n\":\"1\",\"v\":{e.Key.Instance}}},"
            + string.Concat(e.Value.Rights.Select(r => $"{{\"n\":\"2/{r.Key}\",\"v\":{r.Value}}},"))
            + $"{{\"n\":\"3\",\"v\":{e.Value.Owner}}}")) + "]";
        string read = "[" + string.Join(",", Enumerable.Range(0, _bed.Client.AccessControl!.InstanceCount)
            .Select(_bed.Client.AccessControl.InstanceAt)
            .Select(id => _bed.Ask(0, $"CON GET /2/{id} accept=110"))
            .Select(answer => answer[(answer.IndexOf('[') + 1)..^2])) + "]";
        Assert.That(read, Is.EqualTo(expected), $"seed {seed}, step {step}");
    }
}
