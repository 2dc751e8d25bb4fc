"""The workers, seen from the grader: jobs go in, events come out, whatever becomes of a worker.

for event in Pool(...).work(jobs):  Began(job), Done(job, answer, seconds)
"""

import queue
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from labsrv.grading.classroom.handin.archives import RefusedSubmission
from labsrv.grading.classroom.jobs import Began, Done, Job, JobAnswer
from labsrv.grading.classroom.worker_client import JOB_SECONDS, Worker
from labsrv.grading.course.exercises import Exercise

ATTEMPTS = 2
AHEAD = 2  # how many jobs a worker has at a time: it opens the second while the first is being checked


class Slot:
    """One worker at a time: the one that is there now, and the jobs that it has, the first of which is being done."""

    def __init__(self, pool: "Pool"):
        self.pool = pool
        self.worker: Worker | None = None
        self.queue: deque[Job] = deque()
        self.again: deque[Job] = deque()  # jobs that a worker died over
        self.attempts: Counter[Job] = Counter()

    def work(self) -> None:
        """Have jobs done until there are none."""
        while not self.pool.ended:
            self.fill_the_queue()
            if not self.queue:
                return
            began = time.monotonic()
            self.pool.events.put(Began(self.queue[0]))
            answer = self.answer()
            if answer:
                self.pool.events.put(Done(self.queue.popleft(), answer, time.monotonic() - began))

    def fill_the_queue(self) -> None:
        """Give the worker as much as it may have at a time; what it died over it gets by itself."""
        while len(self.queue) < AHEAD and not (self.again and self.queue):
            job = self.again.popleft() if self.again else self.pool.next_job()
            if job is None:
                return
            try:
                source = job.source()
            except RefusedSubmission as refused:
                self.pool.events.put(Done(job, {"refused": str(refused)}, 0.0))
                continue
            self.worker = self.worker or self.pool.start()
            self.worker.send(job, source)
            self.queue.append(job)
            if self.attempts[job]:
                return

    def answer(self) -> JobAnswer:
        """Return what the first job came to, or nothing if it has to be tried again."""
        assert self.worker
        try:
            return self.worker.receive(JOB_SECONDS)
        except TimeoutError:
            # A second attempt would take as long.
            self.start_over(self.worker)
            return {"stopped": f"still running after {JOB_SECONDS:g} seconds in all"}
        except EOFError:
            # Something else may have ended the worker, as a system short of memory does.
            said = self.worker.last_words()
            self.start_over(self.worker)
            job = self.queue[0]
            self.attempts[job] += 1
            if self.attempts[job] >= ATTEMPTS:
                return {"broken": f"The process that ran the checks ended, {ATTEMPTS} times. {said}".strip()}

        self.again.appendleft(self.queue.popleft())
        return {}

    def start_over(self, worker: Worker) -> None:
        """Let go of a worker; what it had besides its first job goes to the next one."""
        self.pool.stop(worker)
        self.worker = None
        while len(self.queue) > 1:
            self.again.appendleft(self.queue.pop())


class Pool:
    """Some workers, each with a thread here that gives it jobs."""

    def __init__(self, size: int, exercises: Iterable[Exercise], hidden: Path | None):
        self.size = size
        self.names = [each.name for each in exercises]
        self.hidden = hidden
        self.worth: dict[str, int] = {}
        self.unreadable: dict[str, str] = {}
        self.events: queue.SimpleQueue[Began | Done | BaseException | None] = queue.SimpleQueue()
        self.workers: set[Worker] = set()
        self.ended = False
        self.lock = threading.Lock()
        self.early: Future[Worker] | None = None

    def start_early(self) -> None:
        """Have the first worker on its way while the submissions are being looked through."""
        calling = ThreadPoolExecutor(1)
        self.early = calling.submit(self.begin)
        calling.shutdown(wait=False)

    def work(self, jobs: Iterable[Job]) -> Iterator[Began | Done]:
        """Yield what happens to the jobs until all are done; closing the generator ends the workers."""
        self.waiting = iter(jobs)
        threads = [threading.Thread(target=self.serve, daemon=True) for _ in range(self.size)]
        for thread in threads:
            thread.start()
        # Ctrl-C, and whoever takes no more events, come by `finally` too: no worker outlives the run.
        running = len(threads)
        try:
            while running:
                event = self.next_event()
                if isinstance(event, BaseException):
                    raise event
                if event is None:  # a slot that has no more to do
                    running -= 1
                else:
                    yield event
        finally:
            self.close()
            for thread in threads:
                thread.join()

    def next_event(self) -> Began | Done | BaseException | None:
        """Wait for the next event in slices: on Windows a wait without an end can't be interrupted."""
        while True:
            try:
                return self.events.get(timeout=0.5)
            except queue.Empty:
                continue

    def serve(self) -> None:
        """Keep one slot at work, and put an end into the events when it is done."""
        try:
            Slot(self).work()
        except BaseException as error:
            self.events.put(None if self.ended else error)
            return
        self.events.put(None)

    def next_job(self) -> Job | None:
        """Return the next job that nobody has, or None."""
        with self.lock:
            return next(self.waiting, None)

    def start(self) -> Worker:
        """Return a new worker, or the one that was started early."""
        with self.lock:
            early, self.early = self.early, None
        return early.result() if early else self.begin()

    def begin(self) -> Worker:
        """Return a worker that has just been started; one that comes too late is closed again."""
        worker = Worker(self.names, self.hidden)
        with self.lock:
            self.workers.add(worker)
            self.worth, self.unreadable = worker.worth, worker.unreadable
            if self.ended:
                worker.close()
        return worker

    def stop(self, worker: Worker) -> None:
        """End a worker."""
        with self.lock:
            self.workers.discard(worker)
        worker.close()

    def close(self) -> None:
        """End all workers."""
        with self.lock:
            self.ended = True
            for worker in self.workers:
                worker.close()
