"""Caught by: test_a_circle_ends. Whoever writes a circle should hear of it."""


def inherited(role, juniors):
    done, under_way = {}, set()

    def below(each):
        if each in under_way:
            raise ValueError("a circle")
        if each not in done:
            under_way.add(each)
            done[each] = {each}.union(*(below(junior) for junior in juniors.get(each, [])))
            under_way.discard(each)
        return done[each]

    return list(below(role))
