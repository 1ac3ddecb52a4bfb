"""The tables of tenants and of the people who ask."""

from tenants.models.attempt import Attempt
from tenants.models.contact import Consent, Contact
from tenants.models.domain import Domain
from tenants.models.member import Member
from tenants.models.tenant import Tenant
from tenants.models.token import ApiToken
from tenants.models.user import User

__all__ = ["ApiToken", "Attempt", "Consent", "Contact", "Domain", "Member", "Tenant", "User"]
