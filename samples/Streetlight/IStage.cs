using System;

namespace Lwm2m.Samples.Streetlight;

/// <summary>Where the story is shown: lines for a pipe, a picture for a terminal. May be called from any thread.</summary>
internal interface IStage : IDisposable
{
    /// <summary>One step of the story.</summary>
    void Say(Side side, string text);

    /// <summary>The lamp looks like this from now on.</summary>
    void Show(LampState lamp);
}
