using System;

namespace Lwm2m.Samples.Cli;

/// <summary>A command that cannot be carried out, and why.</summary>
internal sealed class CommandException(string message) : Exception(message);
