#pragma once

/// Lets `enqueue` decide where tasks without an executor of their own run. Called once, before the first task that matters.
///
/// `job` is a Swift `UnownedJob`; `enqueue` must have it run, once.
void souk_send_jobs_to(void (*_Nonnull enqueue)(void *_Nonnull job));

/// Runs a job on this thread, as one of the pool that it would have run in.
void souk_run_job(void *_Nonnull job);
