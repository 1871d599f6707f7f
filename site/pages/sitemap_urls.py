from django.urls import path

from pages import sitemaps

urlpatterns = [
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<slug:code>-<int:part>.xml", sitemaps.sitemap_part, name="sitemap_part"),
]
