-- What a check-up or an invitation keeps is a copy of where the person was that
-- day, not a link: a department may go while years of them remember its number.
-- The numbers are never given again.
ALTER TABLE assessments DROP CONSTRAINT assessments_department_fkey;
ALTER TABLE invitations DROP CONSTRAINT invitations_department_fkey;
