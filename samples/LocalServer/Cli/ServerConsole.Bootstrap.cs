using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using Lwm2m.Coap;

namespace Lwm2m.Samples.Cli;

// Plans of the bootstrap server, and trouble on demand.
public sealed partial class ServerConsole
{
    private const string FaultKinds =
        "answered with a code: register, update, deregister, send, bootstrap, pack; "
        + "as often as told: drop-received, drop-sent, no-finish, early-finish, lose-steps";

    private readonly Dictionary<string, (List<BootstrapAccount> Accounts, List<AccessRule> Rules)> _usualPlans = new();
    private readonly Dictionary<string, BootstrapPlan> _ownPlans = new();
    private readonly Argument<string> _planned = new("endpoint") { Description = "Endpoint name, or * for all that have no plan of their own" };

    private Command MakeBootstrap()
    {
        var command = new Command("bootstrap", "Tell a registered client to bootstrap anew: execute its /1/x/9.") { _endpoint };
        command.SetAction(async (parsed, stop) => Print(await Client(parsed).TriggerBootstrapAsync(stop: stop).ConfigureAwait(false)));
        return command;
    }

    private Command MakePlan() => new("plan", "What the bootstrap server does with clients.")
    {
        MakePlanShow(),
        MakePlanForget(),
        MakePlanAccount(),
        MakePlanAccess(),
        MakePlanWrite(),
        MakePlanStep("delete", "Add a step that deletes: an instance, an object, or / for everything.", path => BootstrapStep.Delete(path)),
        MakePlanStep("discover", "Add a step that discovers: an object, or /.", path => BootstrapStep.Discover(path)),
        MakePlanStep("read", "Add a step that reads: object 1 or 2, or an instance.", path => BootstrapStep.Read(path)),
        MakePlanFinish(),
    };

    private Command MakePlanShow()
    {
        var command = new Command("show", "Show the plan of an endpoint.") { _planned };
        command.SetAction(parsed => Print(_bootstrap.PlanOf(parsed.GetValue(_planned)!)?.ToString() ?? "refused: nobody knows it"));
        return command;
    }

    private Command MakePlanForget()
    {
        var command = new Command("forget", "Drop the plan of an endpoint; without * either, it is refused.") { _planned };
        command.SetAction(parsed =>
        {
            string endpoint = parsed.GetValue(_planned)!;
            _usualPlans.Remove(endpoint);
            _ownPlans.Remove(endpoint);
            _bootstrap.Provision(endpoint, (BootstrapPlan?)null);
        });
        return command;
    }

    private Command MakePlanAccount()
    {
        var uri = new Argument<string>("uri") { Description = $"URI of the server; this one is {_server.Uri}" };
        var ssid = new Option<int>("--ssid") { Description = "Short server id", DefaultValueFactory = _ => 1 };
        var lifetime = new Option<long>("--lifetime") { Description = "Seconds", DefaultValueFactory = _ => 86400 };
        var binding = new Option<string>("--binding") { Description = "Such as U, or UQ (1.0)", DefaultValueFactory = _ => "U" };
        var command = new Command("account", "The usual plan, with this account and those that were told before.") { _planned, uri, ssid, lifetime, binding };
        command.SetAction(parsed =>
        {
            string endpoint = parsed.GetValue(_planned)!;
            var account = new BootstrapAccount(parsed.GetValue(uri)!, parsed.GetValue(ssid))
            {
                LifetimeSeconds = parsed.GetValue(lifetime),
                Binding = parsed.GetValue(binding)!,
            };
            Usual(endpoint).Accounts.RemoveAll(a => a.ShortServerId == account.ShortServerId);
            Usual(endpoint).Accounts.Add(account);
            UseUsual(endpoint);
        });
        return command;
    }

    private Command MakePlanAccess()
    {
        var owner = new Argument<int>("owner") { Description = "Short server id of the owner, 65535 for nobody" };
        var rights = new Argument<string[]>("rights")
        {
            Description = "As ssid=rights: 1 read, 2 write, 4 execute, 8 delete, 16 create, added up; ssid 0 is all others",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("access", "Add an access rule for an instance to the usual plan; for an object, of the right to create.") { _planned, _path, owner, rights };
        command.SetAction(parsed =>
        {
            Lwm2mPath path = parsed.GetValue(_path);
            if (path.Level is not (1 or 2))
                throw new CommandException("access takes an instance (/3/0) or an object (/16).");
            Dictionary<int, int> byServer = parsed.GetValue(rights)!.ToDictionary(
                ResourceIdOf, r => int.TryParse(r.Split('=')[^1], out int sum) ? sum : throw new CommandException($"\"{r}\" is no ssid=rights."));
            string endpoint = parsed.GetValue(_planned)!;
            const int AllInstances = 65535;
            Usual(endpoint).Rules.Add(new AccessRule(path.ObjectId, path.Level == 2 ? path.InstanceId : AllInstances, parsed.GetValue(owner), byServer));
            UseUsual(endpoint);
        });
        return command;
    }

    private Command MakePlanWrite()
    {
        var values = new Argument<string[]>("values") { Description = "Resources as id=value", Arity = ArgumentArity.OneOrMore };
        var command = new Command("write", "Add a step that writes an instance. The first step that is added replaces the usual plan.") { _planned, _path, values, _format };
        command.SetAction(parsed =>
        {
            Lwm2mPath path = parsed.GetValue(_path);
            if (path.Level != 2)
                throw new CommandException("write takes an instance (/1/0).");
            List<ResourceRecord> records = parsed.GetValue(values)!
                .Select(v => new ResourceRecord(new Lwm2mPath(path.ObjectId, path.InstanceId, ResourceIdOf(v)), ResourceValueOf(path.ObjectId, v))).ToList();
            AddStep(parsed, BootstrapStep.Write(path, records, parsed.GetValue(_format)));
        });
        return command;
    }

    private Command MakePlanStep(string name, string description, Func<Lwm2mPath, BootstrapStep> make)
    {
        var command = new Command(name, description) { _planned, _path };
        command.SetAction(parsed => AddStep(parsed, make(parsed.GetValue(_path))));
        return command;
    }

    private Command MakePlanFinish()
    {
        var command = new Command("finish", "Add the last step.") { _planned };
        command.SetAction(parsed => AddStep(parsed, BootstrapStep.Finish()));
        return command;
    }

    private Command MakeFault()
    {
        var kind = new Argument<string>("kind") { Description = FaultKinds };
        var value = new Argument<string>("value") { Description = "A code such as 4.03, or a number" };
        var command = new Command("fault", "Make trouble once.") { kind, value };
        command.SetAction(parsed => Break(parsed.GetValue(kind)!, parsed.GetValue(value)!));
        return command;
    }

    private void Break(string kind, string value)
    {
        switch (kind)
        {
            case "register":
                _server.Faults.AnswerRegister(CodeOf(value));
                break;
            case "update":
                _server.Faults.AnswerUpdate(CodeOf(value));
                break;
            case "deregister":
                _server.Faults.AnswerDeregister(CodeOf(value));
                break;
            case "send":
                _server.Faults.AnswerSend(CodeOf(value));
                break;
            case "bootstrap":
                _bootstrap.Faults.AnswerBootstrap(CodeOf(value));
                break;
            case "pack":
                _bootstrap.Faults.AnswerPack(CodeOf(value));
                break;
            case "drop-received":
                _server.Faults.DropReceived(CountOf(value));
                break;
            case "drop-sent":
                _server.Faults.DropSent(CountOf(value));
                break;
            case "no-finish":
                _bootstrap.Faults.NeverFinish(CountOf(value));
                break;
            case "early-finish":
                _bootstrap.Faults.FinishEarly(CountOf(value));
                break;
            case "lose-steps":
                _bootstrap.Faults.LoseSteps(CountOf(value));
                break;
            default:
                throw new CommandException($"there is no fault \"{kind}\"; {FaultKinds}.");
        }
    }

    private (List<BootstrapAccount> Accounts, List<AccessRule> Rules) Usual(string endpoint)
    {
        if (!_usualPlans.TryGetValue(endpoint, out (List<BootstrapAccount>, List<AccessRule>) plan))
        {
            plan = ([], []);
            _usualPlans.Add(endpoint, plan);
        }
        return plan;
    }

    private void UseUsual(string endpoint)
    {
        (List<BootstrapAccount> accounts, List<AccessRule> rules) = Usual(endpoint);
        _ownPlans.Remove(endpoint);
        _bootstrap.Provision(endpoint, BootstrapPlan.For(accounts, rules));
    }

    private void AddStep(ParseResult parsed, BootstrapStep step)
    {
        string endpoint = parsed.GetValue(_planned)!;
        if (!_ownPlans.TryGetValue(endpoint, out BootstrapPlan? plan))
        {
            plan = new BootstrapPlan();
            _ownPlans.Add(endpoint, plan);
            _usualPlans.Remove(endpoint);
            _bootstrap.Provision(endpoint, plan);
        }
        plan.Add(step);
    }

    private static int CodeOf(string text)
    {
        string[] parts = text.Split('.');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int codeClass) && codeClass is 2 or 4 or 5
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int detail) && detail < 32)
            return (codeClass << 5) | detail;
        throw new CommandException($"\"{text}\" is no code such as 4.03.");
    }

    private static int CountOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : throw new CommandException($"\"{text}\" is no number.");
}
