"""Goes down by calling itself, with one set of what has been found."""


def inherited(role, juniors):
    found = set()

    def visit(each):
        if each in found:
            return
        found.add(each)
        for below in juniors.get(each, ()):
            visit(below)

    visit(role)
    return list(found)
