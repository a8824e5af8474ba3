using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Discover (Core 6.3.2): what is there, and the attributes that the asking server attached. Needs no access right.
public sealed partial class Lwm2mClient
{
    private Outcome Discover(ServerAccount account, Lwm2mObject found, CoapMessage request, CoapResponse response)
    {
        if (_path.Level == 4)
            return Outcome.MethodNotAllowed;
        int word = -1;
        if (_path.Level >= 2 && !found.HasInstance(_path.InstanceId))
            return Outcome.NotFound;
        if (_path.Level == 3)
        {
            word = found.Definition.Find(_path.ResourceId);
            if (word < 0 || (Resource.Ops(word) != Operations.Execute && !found.Has(_path.InstanceId, _path.ResourceId)))
                return Outcome.NotFound;
        }

        // Levels below the target: 2 for an object, 1 for an instance or a resource (table of depths, 1.2).
        int depth = Depth(request);
        if (depth < 0)
            depth = _path.Level == 1 ? 2 : 1;
        bool asked = request.QueryCount > 0;
        _links.Begin(response.Payload, response.PayloadOffset, response.PayloadOffset + response.PayloadCapacity, "");
        if (_path.Level == 1)
            Discovery.ListObject(this, account, found, depth, asked);
        else if (_path.Level == 2)
            Discovery.ListInstance(this, account, found, _path.InstanceId, depth, true);
        else
            Discovery.ListResource(this, account, found, _path.InstanceId, word, depth, true);
        if (_links.End() != FormatStatus.Ok)
            return Refuse(Outcome.InternalError, "the answer is larger than this device's limit");
        response.PayloadLength = _links.Length;
        response.Code = CoapCode.Content;
        response.ContentFormat = ContentFormat.LinkFormat;
        return Outcome.Ok;
    }

    // "depth=0" to "depth=3"; anything else is ignored, as the text wants it.
    private static int Depth(CoapMessage request)
    {
        for (int index = 0; index < request.QueryCount; index++)
        {
            int at = request.Query(index, out int length);
            byte[] buffer = request.Buffer;
            if (length == 7 && buffer[at] == 'd' && buffer[at + 1] == 'e' && buffer[at + 2] == 'p' && buffer[at + 3] == 't'
                && buffer[at + 4] == 'h' && buffer[at + 5] == '=' && buffer[at + 6] >= '0' && buffer[at + 6] <= '3')
                return buffer[at + 6] - '0';
        }

        return -1;
    }

    // A class of its own, since a type has 255 methods on the board.
    private static class Discovery
    {
        public static void ListObject(Lwm2mClient client, ServerAccount account, Lwm2mObject found, int depth, bool asked)
        {
            int objectId = found.Definition.ObjectId;
            client._links.Link(objectId, -1, -1, -1);
            string? announced = ObjectVersions.Announced(found.Definition, account.Version);
            if (announced != null)
                client._links.AttributeToken("ver", announced);
            ShowAttributes(client, account, objectId, -1, -1, -1, true);
            if (depth == 0)
                return;
            for (int index = 0; index < found.InstanceCount; index++)
                ListInstance(client, account, found, found.InstanceAt(index), depth - 1, false);
        }

        public static void ListInstance(Lwm2mClient client, ServerAccount account, Lwm2mObject found, int instanceId, int depth, bool target)
        {
            ObjectDefinition definition = found.Definition;
            client._links.Link(definition.ObjectId, instanceId, -1, -1);
            ShowAttributes(client, account, definition.ObjectId, instanceId, -1, -1, target);
            if (depth == 0)
                return;
            for (int place = 0; place < definition.Count; place++)
            {
                int word = definition.At(place);
                if (found.Has(instanceId, Resource.Id(word)))
                    ListResource(client, account, found, instanceId, word, depth - 1, false);
            }
        }

        public static void ListResource(Lwm2mClient client, ServerAccount account, Lwm2mObject found, int instanceId, int word, int depth, bool target)
        {
            int objectId = found.Definition.ObjectId;
            int resourceId = Resource.Id(word);
            client._links.Link(objectId, instanceId, resourceId, -1);
            bool multiple = Resource.IsMultiple(word) && (Resource.Ops(word) & Operations.Read) != 0;
            if (multiple)
            {
                client._values.BeginProbe(word, -1);
                client._values.End(found.Read(instanceId, resourceId, client._values));
                client._links.Attribute("dim", client._values.InstanceCount);
            }

            ShowAttributes(client, account, objectId, instanceId, resourceId, -1, target);
            if (!multiple || depth == 0)
                return;
            int count = client._values.InstanceCount;
            for (int index = 0; index < count; index++)
            {
                int resourceInstanceId = client._values.InstanceIdAt(index);
                client._links.Link(objectId, instanceId, resourceId, resourceInstanceId);
                ShowAttributes(client, account, objectId, instanceId, resourceId, resourceInstanceId, false);
            }
        }

        // The target shows what it inherits too, links below it only their own (Core 6.3.2, 1.2 wording).
        private static void ShowAttributes(Lwm2mClient client, ServerAccount account, int objectId, int instanceId, int resourceId, int resourceInstanceId, bool target)
        {
            if (target)
                client.ResolveAttributes(account, objectId, instanceId, resourceId, resourceInstanceId, client._asked);
            else
                client._attributes.Attached(account.Index, objectId, instanceId, resourceId, resourceInstanceId, client._asked);
            client._asked.WriteTo(client._links);
        }
    }
}
