using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Formats;

namespace Lwm2m.Samples.Cli;

// The commands. Each first argument is an endpoint name; "." stands for the only client there is.
public sealed partial class ServerConsole
{
    private static readonly Dictionary<string, int> FormatNames = new()
    {
        ["text"] = ContentFormat.PlainText,
        ["opaque"] = ContentFormat.OctetStream,
        ["cbor"] = ContentFormat.Cbor,
        ["senml-json"] = ContentFormat.SenmlJson,
        ["senml-cbor"] = ContentFormat.SenmlCbor,
        ["tlv"] = ContentFormat.Tlv,
        ["json"] = ContentFormat.OmaJson,
        ["lwm2m-cbor"] = ContentFormat.Lwm2mCbor,
        ["etch-json"] = ContentFormat.SenmlEtchJson,
        ["etch-cbor"] = ContentFormat.SenmlEtchCbor,
    };

    private readonly Argument<string> _endpoint = new("endpoint") { Description = "Endpoint name, or . for the only client" };
    private readonly Argument<Lwm2mPath> _path = new("path") { Description = "Such as /3/0/13", CustomParser = ParsePath };
    private readonly Option<int?> _format = new("--format", "-f")
    {
        Description = "Content format: its number, or " + string.Join(", ", FormatNames.Keys),
        CustomParser = ParseFormat,
    };

    private RootCommand MakeCommands()
    {
        var root = new RootCommand("Commands of the server.");
        // Options of a program make no sense for a line.
        foreach (Option option in root.Options.Where(o => o.Name == "--version").ToList())
            root.Options.Remove(option);
        root.Directives.Clear();
        root.Add(MakeList());
        root.Add(MakeRead());
        root.Add(MakeWrite());
        root.Add(MakeExecute());
        root.Add(MakeCreate());
        root.Add(MakeDelete());
        root.Add(MakeDiscover());
        root.Add(MakeObserve());
        root.Add(MakeCancel());
        root.Add(MakeAttributes());
        root.Add(MakeReadComposite());
        root.Add(MakeWriteComposite());
        root.Add(MakeObserveComposite());
        root.Add(MakeCancelComposite());
        root.Add(MakeQueue());
        root.Add(MakeBootstrap());
        root.Add(MakePlan());
        root.Add(MakeFault());
        root.Add(new Command("help", "Show the commands, or one of them in detail."));
        var exit = new Command("exit", "End the server.");
        exit.SetAction(_ => _exit.Cancel());
        root.Add(exit);
        return root;
    }

    private Command MakeList()
    {
        var command = new Command("list", "Show the registered clients.");
        command.SetAction(_ =>
        {
            IReadOnlyList<Registration> registrations = _server.Registrations;
            if (registrations.Count == 0)
                Print($"no clients; start one with {_server.Uri}");
            foreach (Registration registration in registrations)
                Print(registration.ToString());
        });
        return command;
    }

    private Command MakeRead()
    {
        var command = new Command("read", "Read an object, instance, resource or resource instance.") { _endpoint, _path, _format };
        command.SetAction(async (parsed, stop) =>
            Print(await Client(parsed).ReadAsync(parsed.GetValue(_path), parsed.GetValue(_format) ?? -1, stop).ConfigureAwait(false)));
        return command;
    }

    private Command MakeWrite()
    {
        var value = new Argument<string[]>("value") { Description = "The value as text (hex for bytes); words are joined by blanks" };
        var command = new Command("write", "Replace the value of a resource.") { _endpoint, _path, value, _format };
        command.SetAction(async (parsed, stop) =>
        {
            Lwm2mPath path = parsed.GetValue(_path);
            object content = ParseValue(path, string.Join(' ', parsed.GetValue(value)!));
            Print(await Client(parsed).WriteAsync(path, content, parsed.GetValue(_format), stop).ConfigureAwait(false));
        });
        return command;
    }

    private Command MakeExecute()
    {
        var arguments = new Argument<string?>("arguments") { Description = "Such as 0='U',1", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("execute", "Execute a resource.") { _endpoint, _path, arguments };
        command.SetAction(async (parsed, stop) =>
            Print(await Client(parsed).ExecuteAsync(parsed.GetValue(_path), parsed.GetValue(arguments), stop).ConfigureAwait(false)));
        return command;
    }

    private Command MakeCreate()
    {
        var values = new Argument<string[]>("values") { Description = "Resources as id=value", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("create", "Create an instance: of /16 with an id of the client's choice, or /16/5.") { _endpoint, _path, values, _format };
        command.SetAction(async (parsed, stop) =>
        {
            Lwm2mPath path = parsed.GetValue(_path);
            if (path.Level is not (1 or 2))
                throw new CommandException("create takes an object (/16) or an instance (/16/5).");
            Dictionary<int, object> content = parsed.GetValue(values)!.ToDictionary(ResourceIdOf, v => ResourceValueOf(path.ObjectId, v));
            Print(await Client(parsed).CreateAsync(
                path.ObjectId, path.Level == 2 ? path.InstanceId : null, content, parsed.GetValue(_format), stop).ConfigureAwait(false));
        });
        return command;
    }

    private Command MakeDelete()
    {
        var command = new Command("delete", "Delete an object instance, or a resource instance (1.2).") { _endpoint, _path };
        command.SetAction(async (parsed, stop) =>
            Print(await Client(parsed).DeleteAsync(parsed.GetValue(_path), stop).ConfigureAwait(false)));
        return command;
    }

    private Command MakeDiscover()
    {
        var depth = new Option<int?>("--depth") { Description = "How deep, 0 to 3 (1.2)" };
        var command = new Command("discover", "List what there is, with its attributes.") { _endpoint, _path, depth };
        command.SetAction(async (parsed, stop) =>
            Print(await Client(parsed).DiscoverAsync(parsed.GetValue(_path), parsed.GetValue(depth), stop).ConfigureAwait(false)));
        return command;
    }

    private Command MakeObserve()
    {
        var attributes = new Argument<string[]>("attributes") { Description = "Such as pmin=1 (1.2)", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("observe", "Observe; notifications are printed as they come.") { _endpoint, _path, attributes, _format };
        command.SetAction(async (parsed, stop) =>
        {
            Registration client = Client(parsed);
            Lwm2mPath path = parsed.GetValue(_path);
            Observation observation = await client.ObserveAsync(
                path, n => PrintNotification(client, path.ToString(), n), parsed.GetValue(_format) ?? -1, parsed.GetValue(attributes)!, stop).ConfigureAwait(false);
            Print(observation.Answer);
            if (!observation.IsActive)
                throw new CommandException($"{client.Endpoint} does not let {path} be observed.");
            _observations[(client.Endpoint, path.ToString())] = observation;
        });
        return command;
    }

    private Command MakeCancel()
    {
        var byReset = new Option<bool>("--reset") { Description = "Answer the next notification with RST instead of sending a request" };
        var command = new Command("cancel", "Cancel an observation.") { _endpoint, _path, byReset };
        command.SetAction(async (parsed, stop) =>
        {
            await CancelAsync(Client(parsed), parsed.GetValue(_path).ToString(), parsed.GetValue(byReset), stop).ConfigureAwait(false);
        });
        return command;
    }

    private Command MakeAttributes()
    {
        var attributes = new Argument<string[]>("attributes") { Description = "Such as pmin=10 gt=20.5; a name alone removes", Arity = ArgumentArity.OneOrMore };
        var command = new Command("attributes", "Write attributes.") { _endpoint, _path, attributes };
        command.SetAction(async (parsed, _) =>
            Print(await Client(parsed).WriteAttributesAsync(parsed.GetValue(_path), parsed.GetValue(attributes)!).ConfigureAwait(false)));
        return command;
    }

    private async Task CancelAsync(Registration client, string paths, bool byReset, CancellationToken stop)
    {
        if (!_observations.Remove((client.Endpoint, paths), out Observation? observation))
            throw new CommandException($"{paths} of {client.Endpoint} is not observed.");
        if (byReset)
            observation.Forget();
        else
            Print(await observation.CancelAsync(stop).ConfigureAwait(false));
    }

    private void PrintNotification(Registration client, string paths, Answer notification)
    {
        Print($"notify       {client.Endpoint} {paths} {notification}");
    }

    private Registration Client(ParseResult parsed)
    {
        string endpoint = parsed.GetValue(_endpoint)!;
        if (endpoint != ".")
            return _server.Find(endpoint) ?? throw new CommandException($"{endpoint} is not registered.");
        IReadOnlyList<Registration> all = _server.Registrations;
        return all.Count == 1 ? all[0] : throw new CommandException($"{all.Count} clients are registered: name one.");
    }

    private static object ParseValue(Lwm2mPath path, string text) =>
        path.Level < 3 ? throw new CommandException($"write takes a resource, and {path} is none.") : ValueText.Parse(path, text);

    private static int ResourceIdOf(string assignment) =>
        int.TryParse(assignment.Split('=')[0], out int id) ? id : throw new CommandException($"\"{assignment}\" is no id=value.");

    private static object ResourceValueOf(int objectId, string assignment)
    {
        int equals = assignment.IndexOf('=');
        return equals < 0
            ? throw new CommandException($"\"{assignment}\" is no id=value.")
            : ValueText.Parse(new Lwm2mPath(objectId, 0, ResourceIdOf(assignment)), assignment[(equals + 1)..]);
    }

    private static Lwm2mPath ParsePath(ArgumentResult result)
    {
        if (Lwm2mPath.TryParse(result.Tokens[0].Value, out Lwm2mPath path))
            return path;
        result.AddError($"\"{result.Tokens[0].Value}\" is no path: up to four ids of 0 to 65534, such as /3/0/13.");
        return Lwm2mPath.Root;
    }

    private static int? ParseFormat(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (FormatNames.TryGetValue(text, out int format))
            return format;
        if (ushort.TryParse(text, out ushort number))
            return number;
        result.AddError($"\"{text}\" is no content format: a number, or {string.Join(", ", FormatNames.Keys)}.");
        return null;
    }
}
