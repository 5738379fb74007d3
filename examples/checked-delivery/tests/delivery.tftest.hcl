variables {
  force_destroy = true
}

run "works" {
  command = apply

  assert {
    condition     = output.deliveries_work && length(output.findings) == 0
    error_message = join("\n", output.findings)
  }
}

run "the_role_may_write_elsewhere_only" {
  command = apply

  variables {
    role_folder = "calls"
  }

  expect_failures = [check.delivery]

  assert {
    condition     = !output.deliveries_work && startswith(output.findings[0], "error role_can_write: No policy of the role allows s3:PutObject on ")
    error_message = "The check finds that the role may not write to the folder of the callback."
  }
}

run "works_again" {
  command = apply

  assert {
    condition     = output.deliveries_work
    error_message = join("\n", output.findings)
  }
}
