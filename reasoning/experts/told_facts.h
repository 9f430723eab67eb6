#pragma once
// What is known of what was told: the line as an instance of a template, with slots filled by facts
// (concepts/facts/expectation.h). It says nothing before anything was thought about.

#include "reasoning/experts/expert.h"

namespace noema::reasoning {

ExpertKind told_facts_expert();

}  // namespace noema::reasoning
