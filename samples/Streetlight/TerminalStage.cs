using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Lwm2m.Samples.Streetlight;

/// <summary>The lamp as a picture, and beside it what was said last. One thread draws; the others only hand it something to show.</summary>
internal sealed class TerminalStage : IStage
{
    private const int LinesKept = LampPicture.Height;
    private const int FrameMs = 40;

    // Light changes over about half a second, as a lamp does.
    private const double StepPerFrame = 0.08;

    private readonly BlockingCollection<Action> _news = new();
    private readonly List<(Side Side, string Text)> _lines = [];
    private readonly IAnsiConsole _console;
    private readonly Thread _artist;
    private LampState _lamp = new(false, 0, LampState.White);
    private double _light;

    public TerminalStage(IAnsiConsole console)
    {
        _console = console;
        _artist = new Thread(Draw) { IsBackground = true, Name = "stage" };
        _artist.Start();
    }

    public void Say(Side side, string text) => Post(() =>
    {
        _lines.Add((side, text));
        if (_lines.Count > LinesKept)
            _lines.RemoveAt(0);
    });

    public void Show(LampState lamp) => Post(() => _lamp = lamp);

    public void Dispose()
    {
        _news.CompleteAdding();
        _artist.Join();
        _news.Dispose();
    }

    private void Post(Action news)
    {
        if (!_news.IsAddingCompleted)
            _news.Add(news);
    }

    private void Draw() => _console.Live(Picture()).Start(context =>
    {
        while (!_news.IsCompleted)
        {
            bool changed = Step();
            while (_news.TryTake(out Action? news, changed ? 0 : FrameMs))
            {
                news();
                changed = true;
            }

            if (!changed)
                continue;
            context.UpdateTarget(Picture());
            Thread.Sleep(FrameMs);
        }

        _light = _lamp.Brightness;
        context.UpdateTarget(Picture());
    });

    // True while the light moves towards what it should be.
    private bool Step()
    {
        double difference = _lamp.Brightness - _light;
        if (Math.Abs(difference) < 0.001)
            return false;
        _light += Math.Clamp(difference, -StepPerFrame, StepPerFrame);
        return true;
    }

    private IRenderable Picture()
    {
        var text = new List<IRenderable>(LinesKept);
        foreach ((Side side, string line) in _lines)
            text.Add(new Markup(side switch
            {
                Side.Lamp => $"[yellow]lamp  [/] {Markup.Escape(line)}",
                Side.Server => $"[deepskyblue1]server[/] {Markup.Escape(line)}",
                _ => $"[grey]air    {Markup.Escape(line)}[/]",
            }).Overflow(Overflow.Ellipsis));
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Width = LampPicture.Width * 2, Padding = new Padding(0, 0, 2, 0) });
        grid.AddColumn();
        grid.AddRow(LampPicture.Draw(_light, _lamp), new Rows(text));
        return new Panel(grid) { Header = new PanelHeader($" Streetlight: {_lamp} "), Expand = true };
    }
}
