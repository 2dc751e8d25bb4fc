"""A class with a method for each test, run one after the other."""


class Office:
    """One office."""

    def __init__(self, ask, rows, people):
        self.ask, self.rows, self.people = ask, rows, people

    def yes(self, *asked):
        reply = self.ask(*asked)
        assert reply["status"] in (200, 201, 204), asked
        return reply

    def no(self, *asked, also=()):
        assert self.ask(*asked)["status"] in (401, 403, 404, *also), asked

    def a_matrix(self):
        for row in self.rows:
            asked = (row["actor"], row["verb"], row["path"]) + ((row["body"],) if "body" in row else ())
            (self.yes if row["allowed"] else self.no)(*asked)

    def an_employee_alone(self):
        own = self.people["employee"]
        ids = [each["record"] for each in self.people.values()]
        listed = self.yes("employee", "GET", "/api/records")["json"]["records"]
        several = self.yes("employee", "POST", "/api/records/bulk", {"ids": ids})["json"]["records"]
        assert [each["owner"] for each in listed + several] == [own["name"]] * 2
        text = self.yes("employee", "GET", "/api/records/export.csv")["text"]
        for part, each in self.people.items():
            assert (each["name"] in text) == (part == "employee")

    def one_branch_alone(self):
        for path in ("/api/records", "/api/records/export.csv"):
            text = self.yes("hr", "GET", path)["text"]
            assert self.people["manager"]["name"] in text
            assert self.people["hill"]["name"] not in text

    def read(self, part):
        return self.yes("hr", "GET", f"/api/records/{self.people[part]['record']}")["json"]

    def nothing_by_the_way(self):
        for part, actor, body, also in (
            ("colleague", "employee", {"note": "x"}, ()),
            ("employee", "manager", {"note": "x", "owner": self.people["manager"]["name"]}, (400, 422)),
            ("employee", "manager", {"amount": 9000}, (400, 422)),
        ):
            before = self.read(part)
            self.no(actor, "PATCH", f"/api/records/{self.people[part]['record']}", body, also=also)
            assert self.read(part) == before

    def later(self):
        wanted = {"record": self.people["employee"]["record"], "amount": 3999}
        key = self.yes("director", "POST", "/api/raises", wanted)["json"]["id"]
        self.no("director", "POST", f"/api/raises/{key}/approve")
        self.yes("payroll", "POST", f"/api/raises/{key}/approve")
        self.yes("employee", "GET", "/api/records")
        self.yes("hr", "DELETE", f"/api/roles/{self.people['employee']['name']}/employee")
        self.no("employee", "GET", "/api/records")


def examine(ask, rows, people):
    office = Office(ask, rows, people)
    office.a_matrix()
    office.an_employee_alone()
    office.one_branch_alone()
    office.nothing_by_the_way()
    office.later()
