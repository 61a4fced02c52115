"""The partner API (D7): banks, terminals and payment sites top up by signed JSON requests; docs/partner-api.md."""

from starlette.routing import BaseRoute

from mykyivstar.api.partners.application import application
from mykyivstar.api.partners.gate import Gate
from mykyivstar.api.partners.published import ROOT
from mykyivstar.api.partners.under import Under

routes: list[BaseRoute] = [Under(ROOT, Gate(application()))]
