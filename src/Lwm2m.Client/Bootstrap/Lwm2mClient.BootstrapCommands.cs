using System;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// What a bootstrap server commands: Discover, Read, Delete and Finish (Core 6.1.7, Transport 6.4.2). Access rights do not count.
public sealed partial class Lwm2mClient
{
    private void ServeBootstrap(CoapMessage request, CoapResponse response, long nowMs)
    {
        BootstrapServer bootstrap = _bootstrap!;
        if (bootstrap.State != BootstrapState.InSession)
        {
            response.Ignored = true;
            return;
        }

        FlushExecuted();
        _diagnostic = null;
        // The text of 1.0 counts from the last command, that of 1.1 says no more: each command opens the time anew.
        bootstrap.DueMs = nowMs + bootstrap.SessionMs;
        _accountWork = true;
        Outcome outcome;
        try
        {
            outcome = DispatchBootstrap(bootstrap, request, response, nowMs);
        }
        catch (Exception thrown)
        {
            _heard?.OnHandlerError(null, thrown);
            outcome = Outcome.InternalError;
        }

        if (outcome == Outcome.Ok && _unsaved != 0 && !Save())
            outcome = Unkept();
        if (outcome != Outcome.Ok)
            Refuse(response, outcome);
    }

    private Outcome DispatchBootstrap(BootstrapServer bootstrap, CoapMessage request, CoapResponse response, long nowMs)
    {
        if (request.Code == CoapCode.Post)
            return IsFinish(request) ? FinishBootstrap(bootstrap, response, nowMs) : Refuse(Outcome.BadRequest, "only /bs can be posted to");
        if (_path.Parse(request) != Outcome.Ok)
            return Refuse(Outcome.BadRequest, "no path of an object");
        switch (request.Code)
        {
            case CoapCode.Get:
                return request.Accept == ContentFormat.LinkFormat || _path.Level == 0 ? BootstrapDiscover(response) : BootstrapRead(request, response);
            case CoapCode.Put:
                return BootstrapWrite(bootstrap, request, response);
            case CoapCode.Delete:
                return BootstrapDelete(bootstrap, response);
            default:
                return Refuse(Outcome.BadRequest, "no operation of a bootstrap");
        }
    }

    private static bool IsFinish(CoapMessage request)
    {
        if (request.PathCount != 1)
            return false;
        int at = request.PathSegment(0, out int length);
        return length == 2 && request.Buffer[at] == 'b' && request.Buffer[at + 1] == 's';
    }

    private Outcome FinishBootstrap(BootstrapServer bootstrap, CoapResponse response, long nowMs)
    {
        string? wrong = AccountCheck.FindInconsistency(Security, Servers, _objects, _accounts.Length, true);
        if (wrong != null)
        {
            bootstrap.Failure = BootstrapFailure.Inconsistent;
            return Refuse(Outcome.NotAcceptable, wrong);
        }

        FireBootstrap(BootstrapEvent.Finish, nowMs);
        response.Code = CoapCode.Changed;
        return Outcome.Ok;
    }

    // What is there, and of accounts the Short Server ID and the URI: </>;lwm2m=1.1,</0/0>;ssid=101;uri="coap://...",</0/1>,</1/0>;ssid=101
    private Outcome BootstrapDiscover(CoapResponse response)
    {
        if (_path.Level > 1)
            return Refuse(Outcome.BadRequest, "only the root and objects can be discovered");
        if (_path.Level == 1 && _objects.Find(_path.ObjectId) == null)
            return Outcome.NotFound;
        _links.Begin(response.Payload, response.PayloadOffset, response.PayloadOffset + response.PayloadCapacity, "");
        _links.Link(-1, -1, -1, -1);
        _links.AttributeToken("lwm2m", VersionText(_highestVersion));
        for (int position = 0; position < _objects.Count; position++)
            if (_path.Level == 0 || _objects.At(position).Definition.ObjectId == _path.ObjectId)
                ListForBootstrap(_objects.At(position));
        if (_links.End() != FormatStatus.Ok)
            return Refuse(Outcome.InternalError, "the answer is larger than this device's limit");
        response.PayloadLength = _links.Length;
        response.Code = CoapCode.Content;
        response.ContentFormat = ContentFormat.LinkFormat;
        return Outcome.Ok;
    }

    private void ListForBootstrap(Lwm2mObject listed)
    {
        int objectId = listed.Definition.ObjectId;
        string? announced = objectId == ObjectIds.Security ? null : ObjectVersions.Announced(listed.Definition, _highestVersion);
        if (announced != null || listed.InstanceCount == 0)
        {
            _links.Link(objectId, -1, -1, -1);
            if (announced != null)
                _links.AttributeToken("ver", announced);
        }

        for (int index = 0; index < listed.InstanceCount; index++)
        {
            int instance = listed.InstanceAt(index);
            _links.Link(objectId, instance, -1, -1);
            int security = objectId == ObjectIds.Security ? instance : SecurityOf(Security, objectId, instance);
            if (objectId == ObjectIds.Server)
                _links.Attribute("ssid", Servers.ShortServerId(instance));
            else if (security >= 0 && !Security.IsBootstrap(security))
                _links.Attribute("ssid", Security.ShortServerId(security));
            if (objectId == ObjectIds.Security && !Security.IsBootstrap(instance))
                _links.AttributeText("uri", Security.Uri(instance));
        }
    }

    // The account that an instance of the OSCORE object belongs to; -1 where there is none, and for other objects.
    private static int SecurityOf(SecurityObject accounts, int objectId, int instance)
    {
        for (int position = 0; objectId == ObjectIds.Oscore && position < accounts.InstanceCount; position++)
        {
            int security = accounts.InstanceAt(position);
            if (IsLinked(accounts, security, SecurityResource.OscoreSecurityMode, -1, objectId, instance))
                return security;
        }

        return -1;
    }

    private static bool IsLinked(SecurityObject accounts, int security, int resource, int resourceInstance, int objectId, int instance) =>
        accounts.GetLink(security, resource, out int linkedObject, out int linkedInstance, resourceInstance) == Outcome.Ok
        && linkedObject == objectId && linkedInstance == instance;

    // Accounts without their secrets, and rights (Core 6.1.7.3).
    private Outcome BootstrapRead(CoapMessage request, CoapResponse response)
    {
        bool readable = _path.ObjectId == ObjectIds.Server || _path.ObjectId == ObjectIds.AccessControl;
        if (!readable || _path.Level > 2)
            return Refuse(Outcome.MethodNotAllowed, "only /1 and /2 and their instances can be read");
        Lwm2mObject? found = _objects.Find(_path.ObjectId);
        if (found == null || (_path.Level == 2 && !found.HasInstance(_path.InstanceId)))
            return Outcome.NotFound;
        int format = request.Accept;
        if (format == ContentFormat.None)
            format = _highestVersion == LwM2MVersion.V10 ? ContentFormat.Tlv : ContentFormat.SenmlCbor;
        if (format != ContentFormat.Tlv && format != ContentFormat.SenmlJson && format != ContentFormat.SenmlCbor && format != ContentFormat.Lwm2mCbor)
            return Outcome.NotAcceptable;
        Outcome outcome = WriteValues(null, found, -1, format, response);
        if (outcome != Outcome.Ok)
            return outcome;
        response.Code = CoapCode.Content;
        response.ContentFormat = format;
        return Outcome.Ok;
    }

    // What is not there is deleted already: 2.02, as a repeated request gets it.
    private Outcome BootstrapDelete(BootstrapServer bootstrap, CoapResponse response)
    {
        if (_path.Level > 2)
            return Refuse(Outcome.BadRequest, "only objects and their instances can be deleted");
        Provisioning changes = Hold();
        Outcome outcome = Outcome.Ok;
        for (int position = 0; _path.Level == 0 && position < _objects.Count; position++)
            changes.DeleteInstances(_objects.At(position), true);
        Lwm2mObject? found = _path.Level == 0 ? null : _objects.Find(_path.ObjectId);
        if (found != null && _path.Level == 1)
            changes.DeleteInstances(found, true);
        else if (found != null && found.HasInstance(_path.InstanceId))
            outcome = changes.IsSpared(found, _path.InstanceId) ? Outcome.MethodNotAllowed : changes.DeleteInstance(found, _path.InstanceId, true);
        if (outcome != Outcome.Ok)
            return Refuse(Outcome.BadRequest, "the instance is part of the device or of the bootstrap account");
        response.Code = CoapCode.Deleted;
        return Outcome.Ok;
    }

}
