using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Samples;

// Operations on several paths at once (Core 6.3.8, 6.3.9, 6.4.7): FETCH and iPATCH on the root. LwM2M 1.1 and later.
public sealed partial class Registration
{
    /// <summary>Read-Composite. What the client lacks, or does not let be read, is missing in the answer.</summary>
    /// <param name="paths">What is read; <c>/</c> is everything.</param>
    /// <param name="format">Content format of the list: SenML or SenML-ETCH; without it SenML CBOR.</param>
    /// <param name="accept">Wanted format of the answer: SenML or LwM2M CBOR; without it as in the request, -1 leaves it to the client.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Answer> ReadCompositeAsync(IEnumerable<Lwm2mPath> paths, int? format = null, int? accept = null, CancellationToken stop = default) =>
        SendAsync(Fetch(paths.ToList(), format, accept), stop);

    /// <summary>Write-Composite: all values or none.</summary>
    /// <param name="values">What is written. A resource instance whose value is null is removed, which SenML-ETCH alone can say.</param>
    /// <param name="format">Content format; without it SenML CBOR, or SenML-ETCH CBOR where something is removed.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Answer> WriteCompositeAsync(IEnumerable<ResourceRecord> values, int? format = null, CancellationToken stop = default)
    {
        List<ResourceRecord> records = values.ToList();
        int contentFormat = format ?? (records.Any(r => r.Value == null) ? ContentFormat.SenmlEtchCbor : ContentFormat.SenmlCbor);
        return SendAsync(
            new OperationRequest
            {
                Code = CoapCode.IPatch,
                ContentFormat = contentFormat,
                Payload = _server.Encode(Lwm2mPath.Root, contentFormat, records),
            },
            stop);
    }

    /// <summary>Observe-Composite; <see cref="Observation.CancelAsync"/> is Cancel-Composite.</summary>
    /// <param name="paths">What is observed.</param>
    /// <param name="notified">Is called for each notification, one after the other; not for the first answer.</param>
    /// <param name="format">Content format of the list, as for <see cref="ReadCompositeAsync"/>.</param>
    /// <param name="accept">Wanted format of the notifications, as for <see cref="ReadCompositeAsync"/>.</param>
    /// <param name="attributes">Attributes for this observation (LwM2M 1.2), such as <c>pmin=10</c>.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The observation; <see cref="Observation.IsActive"/> is false when the client refused it.</returns>
    public Task<Observation> ObserveCompositeAsync(
        IEnumerable<Lwm2mPath> paths,
        Action<Answer>? notified = null,
        int? format = null,
        int? accept = null,
        IReadOnlyList<string>? attributes = null,
        CancellationToken stop = default)
    {
        List<Lwm2mPath> list = paths.ToList();
        OperationRequest request = Fetch(list, format, accept);
        request.Query = attributes ?? [];
        return _server.ObserveAsync(this, request, list, notified, stop);
    }

    private OperationRequest Fetch(List<Lwm2mPath> paths, int? format, int? accept)
    {
        int contentFormat = format ?? ContentFormat.SenmlCbor;
        return new OperationRequest
        {
            Code = CoapCode.Fetch,
            ContentFormat = contentFormat,
            Accept = accept ?? contentFormat switch
            {
                ContentFormat.SenmlEtchJson => ContentFormat.SenmlJson,
                ContentFormat.SenmlEtchCbor => ContentFormat.SenmlCbor,
                _ => contentFormat,
            },
            Payload = _server.EncodePaths(contentFormat, paths),
        };
    }
}
