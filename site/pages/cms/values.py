"""Another picture, link or file for one language, at wagtail-localize's own address."""

from __future__ import annotations

import json

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation
from wagtail_localize.views.edit_translation import SegmentOverrideSerializer

from pages import values
from pages.cms.translating import translation_for_person


@api_view(["PUT", "DELETE"])
@permission_classes([IsAuthenticated])
@authentication_classes([SessionAuthentication])
def choose(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> Response:
    translation, _page = translation_for_person(request, translation_id)
    segment = get_object_or_404(
        OverridableSegment.objects.select_related("context"),
        pk=overridable_segment_id,
        source=translation.source_id,
    )
    if request.method == "DELETE":
        rows = SegmentOverride.objects.filter(locale=translation.target_locale, context=segment.context_id)
        rows.delete()
        return Response({})
    return _put(request, translation, segment)


def _put(request: HttpRequest, translation: Translation, segment: OverridableSegment) -> Response:
    given = request.POST.get("value", "")
    try:
        value = values.checked(translation.source.as_instance(), segment, given, by=request.user)
    except ValidationError as error:
        # As wagtail-localize's editor expects it: it keeps what was typed and shows why it was not taken.
        words = " ".join(error.messages)
        return Response({"segment_id": segment.pk, "data": given, "error": words})
    override, _new = SegmentOverride.objects.update_or_create(
        locale=translation.target_locale,
        context_id=segment.context_id,
        defaults={
            "data_json": json.dumps(value),
            "last_translated_by": request.user,
            "has_error": False,
            "field_error": "",
        },
    )
    context = {"translation_source": translation.source}
    return Response(SegmentOverrideSerializer(override, context=context).data)
