"""What came of a question: its refusal, and the rows it left."""

from tenants import scope


def rows(tenant, model):
    with scope.tenant(tenant.pk):
        return list(model.objects.order_by("pk"))


def refused(answer):
    return answer.status_code, answer.json()["error"]["code"]
