using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;

namespace Lwm2m.Samples.Cli;

// Operations on several paths at once, and the queue of a client that sleeps.
public sealed partial class ServerConsole
{
    private readonly Argument<Lwm2mPath[]> _paths = new("paths") { Description = "Such as /3/0/13 /1; / is everything", CustomParser = ParsePaths, Arity = ArgumentArity.OneOrMore };
    private readonly Option<int?> _accept = new("--accept", "-a") { Description = "Content format of the answer; as --format without it", CustomParser = ParseFormat };

    private Command MakeReadComposite()
    {
        var command = new Command("read-composite", "Read several paths at once (1.1).") { _endpoint, _paths, _format, _accept };
        command.SetAction(async (parsed, stop) => Print(await Client(parsed).ReadCompositeAsync(
            parsed.GetValue(_paths)!, parsed.GetValue(_format), parsed.GetValue(_accept), stop).ConfigureAwait(false)));
        return command;
    }

    private Command MakeWriteComposite()
    {
        var values = new Argument<string[]>("values") { Description = "As path=value; a path alone removes a resource instance", Arity = ArgumentArity.OneOrMore };
        var command = new Command("write-composite", "Write several resources at once, all or none (1.1).") { _endpoint, values, _format };
        command.SetAction(async (parsed, stop) => Print(await Client(parsed).WriteCompositeAsync(
            parsed.GetValue(values)!.Select(RecordOf).ToList(), parsed.GetValue(_format), stop).ConfigureAwait(false)));
        return command;
    }

    private Command MakeObserveComposite()
    {
        var attributes = new Option<string[]>("--with", "-w") { Description = "An attribute, such as pmin=1 (1.2); repeatable", DefaultValueFactory = _ => [] };
        var command = new Command("observe-composite", "Observe several paths at once (1.1).") { _endpoint, _paths, _format, _accept, attributes };
        command.SetAction(async (parsed, stop) =>
        {
            Registration client = Client(parsed);
            string paths = PathsOf(parsed);
            Observation observation = await client.ObserveCompositeAsync(
                parsed.GetValue(_paths)!,
                n => PrintNotification(client, paths, n),
                parsed.GetValue(_format),
                parsed.GetValue(_accept),
                parsed.GetValue(attributes),
                stop).ConfigureAwait(false);
            Print(observation.Answer);
            if (!observation.IsActive)
                throw new CommandException($"{client.Endpoint} does not let {paths} be observed.");
            _observations[(client.Endpoint, paths)] = observation;
        });
        return command;
    }

    private Command MakeCancelComposite()
    {
        var byReset = new Option<bool>("--reset") { Description = "Answer the next notification with RST instead of sending a request" };
        var command = new Command("cancel-composite", "Cancel an observation of the same paths.") { _endpoint, _paths, byReset };
        command.SetAction((parsed, stop) => CancelAsync(Client(parsed), PathsOf(parsed), parsed.GetValue(byReset), stop));
        return command;
    }

    private Command MakeQueue()
    {
        var command = new Command("queue", "Show what waits for a client that sleeps.") { _endpoint };
        command.SetAction(parsed =>
        {
            Registration client = Client(parsed);
            IReadOnlyList<string> queued = client.Queued;
            string state = !client.QueueMode ? "does not use queue mode" : client.IsAwake ? "is awake" : "sleeps";
            Print($"{client.Endpoint} {state}, {queued.Count} waiting");
            foreach (string request in queued)
                Print("  " + request);
        });
        return command;
    }

    private string PathsOf(ParseResult parsed) => string.Join(' ', parsed.GetValue(_paths)!);

    private static ResourceRecord RecordOf(string assignment)
    {
        string[] parts = assignment.Split('=', 2);
        if (!Lwm2mPath.TryParse(parts[0], out Lwm2mPath path) || path.Level < (parts.Length == 1 ? 4 : 3))
            throw new CommandException($"\"{assignment}\" is no path=value of a resource, and no resource instance to remove.");
        return new ResourceRecord(path, parts.Length == 1 ? null : ValueText.Parse(path, parts[1]));
    }

    private static Lwm2mPath[] ParsePaths(ArgumentResult result)
    {
        var paths = new List<Lwm2mPath>();
        foreach (Token token in result.Tokens)
        {
            if (Lwm2mPath.TryParse(token.Value, out Lwm2mPath path))
                paths.Add(path);
            else
                result.AddError($"\"{token.Value}\" is no path: up to four ids of 0 to 65534, such as /3/0/13.");
        }
        return paths.ToArray();
    }
}
