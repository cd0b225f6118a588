.PHONY: run test prove check e2e bench fmt
run: ; @scripts/run.sh $(ARGS)
test: ; @scripts/test.sh
prove: ; @scripts/prove.sh $(ARGS)
check: ; @scripts/check.sh
e2e: ; @scripts/e2e.sh $(ARGS)
bench: ; @scripts/bench.sh $(ARGS)
fmt: ; @scripts/fmt.sh
