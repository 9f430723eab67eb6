#pragma once
// One binary serves every x86-64 CPU: of a function with NOEMA_CLONES the loader chooses the version for the CPU. Where
// no sum is put in another order all versions give the same bits (the build forbids contraction). Sanitizers are
// initialised after the loader, so they exclude clones; g++ says with a macro that there is one, clang with a feature.

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define NOEMA_IS_SANITIZED
#endif
#endif

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !defined(NOEMA_IS_SANITIZED)
#define NOEMA_CLONES __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define NOEMA_CLONES
#endif
